"""``python -m orderparse.training``: what maintainers run: generate, fit, measure, check-language, compile and others."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from orderparse import compiled, languages
from orderparse.errors import OrderparseError
from orderparse.knowledge import Knowledge, compile_builtin
from orderparse.training import cldr, collisions, floors, generate, gold, language_check, measure, metrics, plot

_SHIPPED = Path(__file__).parents[1] / "scoring"
_FIXTURES = Path(__file__).parents[2] / "fixtures"


def main(argv: list[str] | None = None) -> int:
    """Run a command and give its exit status: 0; 1 if a figure is below its floor; 2 for a wrong call."""
    args = _parser().parse_args(argv)
    try:
        status: int = args.run(args)
    except (OrderparseError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m orderparse.training", description=__doc__)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("generate", help="write made-up mails and their gold file")
    one.add_argument("folder", type=Path)
    one.add_argument("--count", type=int, default=1000)
    one.add_argument("--seed", default="1")
    one.set_defaults(run=_generate)
    one = commands.add_parser("fit", help="fit weights, calibration and promises, and write the files that the package ships")
    one.add_argument("--mails", type=int, help="made-up mails a fold (the shipped files: the default)")
    one.add_argument("--output", type=Path, default=_SHIPPED, help="another folder to write to")
    one.set_defaults(run=_fit)
    one = commands.add_parser("measure", help="figures of the fixtures and of made-up mails, or of a labelled folder")
    one.add_argument("gold", type=Path, nargs="?", help="a gold file")
    one.add_argument("mails", type=Path, nargs="?", help="the folder of its mails")
    one.add_argument("--count", type=int, default=5000, help="made-up mails, of the fold that nothing was fitted on (--without: each)")
    one.add_argument("--seed", default=measure.SEED)
    one.add_argument("--rivals", type=int, default=0, help="so many other numbers share the order number's shape; shows the confusion")
    one.add_argument("--without-language", action="store_true", help="read each mail as if nobody had written its language's file")
    one.add_argument("--without", metavar="LANG", help="what is left of a language (or of all) without its file")
    one.add_argument("--precision", type=float, help="ask for this precision, and count in how many resamples it is missed")
    one.add_argument("--by", choices=["language", "situation", "layout"], help="a table of each group too")
    one.add_argument("--json", action="store_true")
    one.add_argument("--plot", type=Path, metavar="FILE.svg", help="write a reliability plot")
    one.add_argument("--fixtures", action="store_true", help="the mails under fixtures instead of made-up ones")
    one.add_argument("--check", action="store_true", help="compare the figures of now with the floors")
    one.add_argument("--pin", action="store_true", help="pin the figures of now as floors")
    one.add_argument("--lower", action="store_true", help="with --pin: also where they are lower than the floors")
    one.set_defaults(run=_measure)
    one = commands.add_parser("check-language", help="say what a language file lacks; 0 if it lacks nothing")
    one.add_argument("file", type=Path, nargs="+")
    one.set_defaults(run=_check_language)
    one = commands.add_parser("languages", help="a table in Markdown of what each language file holds")
    one.set_defaults(run=_languages)
    one = commands.add_parser("cldr", help="write down how the languages write days, as the installed Babel has it")
    one.set_defaults(run=_cldr)
    one = commands.add_parser("collisions", help="write down which formats take each other's numbers")
    one.set_defaults(run=_collisions)
    one = commands.add_parser("compile", help="write what the language, carrier and merchant files say to the file that is loaded")
    one.set_defaults(run=_compile)
    return parser


def _generate(args: argparse.Namespace) -> int:
    generate.write(args.folder, args.count, args.seed, Knowledge.builtin())
    return 0


def _fit(args: argparse.Namespace) -> int:
    try:
        from orderparse.training import fit  # noqa: PLC0415  # needs the extra
    except ModuleNotFoundError as error:
        sys.stderr.write(f"{error}: pip install 'orderparse[train]'\n")
        return 2
    model = fit.fit(lambda text: print(text, file=sys.stderr, flush=True), args.mails or fit.MAILS)  # noqa: T201
    args.output.mkdir(parents=True, exist_ok=True)
    fit.write(model, args.output)
    return 0


def _measure(args: argparse.Namespace) -> int:
    if args.pin or args.lower:
        floors.pin(_FIXTURES / "floors.json", floors.measured(_FIXTURES), lower=args.lower)
        return 0
    if args.without:
        known = sorted(Knowledge.builtin().languages)
        if args.without not in {"all", *known}:
            sys.stderr.write(f"{args.without}: all or one of {', '.join(known)}\n")
            return 2
        languages = known if args.without == "all" else [args.without]
        if args.gold is not None:
            found = measure.gold_without_file(gold.rows(args.gold), args.mails or args.gold.parent, languages)
        else:
            found = measure.without_file(languages, args.count, args.seed)
        sys.stdout.write("\n".join(measure.without_lines(found)) + "\n")
        return 0
    if args.check:
        pinned, now = floors.read(_FIXTURES / "floors.json"), floors.measured(_FIXTURES)
        short = [*floors.moved(pinned, now), *floors.below(pinned, now)]
        sys.stdout.write("".join(f"{sentence}\n" for sentence in short) or "no figure is below its floor\n")
        return 1 if short else 0
    if args.fixtures:
        told = [one for mails in floors.labelled(_FIXTURES).values() for one in gold.readings(*mails)]
    elif args.gold is not None:
        told = list(gold.readings(gold.rows(args.gold), args.mails or args.gold.parent, without_language=args.without_language))
    else:
        without = "each" if args.without_language else ""
        told = measure.generated(args.count, args.seed, rivals=args.rivals, without=without, precision=args.precision)
    if args.plot is not None:
        judged = {
            role: [(one.confidence, one.right) for each in told for one in each.verdict.judged if one.role == role]
            for role in metrics.roles(told)
        }
        args.plot.write_text(plot.reliability({role: values for role, values in judged.items() if values}), encoding="utf-8")
    if args.json:
        sys.stdout.write(json.dumps(measure.as_json(told)) + "\n")
    else:
        out = measure.lines(told, by=args.by)
        if args.rivals:
            out += ["", *measure.confusion_lines(told)]
        if args.precision is not None:
            broken = measure.broken_promises(told, args.precision, [role for role in metrics.roles(told) if role != "belongs"])
            out += ["", f"promised {args.precision}; missed in so many of {measure.RESAMPLES} resamples; values kept; values left out"]
            out += [f"{role:28}{missed:>10}{kept:>10}" for role, (missed, kept) in broken.items()]
            out.append(f"left out: {sum(one.left_out for one in told)}")
        sys.stdout.write("\n".join(out) + "\n")
    return 0


def _check_language(args: argparse.Namespace) -> int:
    lacking = 0
    for path in args.file:
        language = languages.load(path)
        knowledge = Knowledge.builtin().with_language(language)
        found = [
            *language_check.complaints(path, language, knowledge.languages.values()),
            *language_check.misread(language, knowledge),
        ]
        lacking += bool(found)
        sys.stdout.write("".join(f"{path}: {sentence}\n" for sentence in found) or f"{path}: complete\n")
    return 1 if lacking else 0


def _languages(args: argparse.Namespace) -> int:  # noqa: ARG001  # as all commands
    sys.stdout.write("\n".join(language_check.covers(Knowledge.builtin().languages.values())) + "\n")
    return 0


def _cldr(args: argparse.Namespace) -> int:  # noqa: ARG001  # as all commands
    cldr.write(Knowledge.builtin().languages)
    return 0


def _collisions(args: argparse.Namespace) -> int:  # noqa: ARG001  # as all commands
    collisions.write(Knowledge.builtin())
    return 0


def _compile(args: argparse.Namespace) -> int:  # noqa: ARG001  # as all commands
    compile_builtin(compiled.FILE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
