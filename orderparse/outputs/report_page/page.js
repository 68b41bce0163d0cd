// What the page does beyond showing: search, filters, order, details on demand, the switch of light and dark.
// Texts of mails come from JSON blocks and get into the page by textContent and checked attributes only.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(byId(id).textContent);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
  const tight = (text) => text.replace(/[ \-./]+/g, "");

  const data = read("data");
  const list = byId("list");
  const rows = list ? Array.from(list.children) : [];
  const orders = data.orders.map((order, place) => {
    const found = fold(order.q);
    return { ...order, place, found, tight: tight(found), row: rows[place] };
  });

  // Details of a long list are built when they are opened: an element is [tag.classes, {attributes}?, ...children].
  const TAGS = new Set(["div", "section", "h3", "dl", "dt", "dd", "details", "summary", "span", "mark", "p", "table", "thead",
    "tbody", "tr", "th", "td", "ul", "ol", "li", "time", "a"]);
  const ATTRIBUTES = new Set(["dir", "title", "scope", "colspan", "datetime", "href", "rel", "target"]);
  const fillTable = (table, [head, ...body]) => {
    for (const [place, texts] of [head, ...body].entries()) {
      const row = (place ? table.tBodies[0] ?? table.createTBody() : table.createTHead()).insertRow();
      if (place === body.length) row.className = "sum";
      for (const [column, text] of texts.entries()) {
        const cell = document.createElement(place ? "td" : "th");
        if (column === texts.length - 1) cell.className = "num";
        if (place) cell.dir = "auto"; else cell.scope = "col";
        cell.textContent = text;
        row.append(cell);
      }
    }
    return table;
  };
  const build = ([name, ...rest]) => {
    const [tag, ...classes] = name.split(".");
    if (!TAGS.has(tag)) return document.createTextNode("");
    const element = document.createElement(tag);
    if (classes.length) element.className = classes.join(" ");
    if (tag === "table" && Array.isArray(rest[0]?.[0])) return fillTable(element, rest[0]);
    for (const part of rest) {
      if (typeof part === "string") element.append(part);
      else if (Array.isArray(part)) element.append(build(part));
      else for (const [key, value] of Object.entries(part)) {
        if (ATTRIBUTES.has(key) && (key !== "href" || value.startsWith("https://"))) element.setAttribute(key, value);
      }
    }
    return element;
  };
  const chunks = new Map();
  const fill = (row) => {
    const details = row.firstElementChild;
    if (!data.chunk || details.childElementCount > 1) return;
    const place = rows.indexOf(row);
    const chunk = Math.floor(place / data.chunk);
    if (!chunks.has(chunk)) chunks.set(chunk, read(`details-${chunk}`));
    details.append(build(chunks.get(chunk)[place % data.chunk]));
  };
  // The event does not bubble: it is caught on its way down.
  if (list && data.chunk) list.addEventListener("toggle", (event) => {
    if (event.target.parentElement.parentElement === list && event.target.open) fill(event.target.parentElement);
  }, true);

  // Search and filters.
  const tools = byId("tools");
  const search = byId("search");
  const filters = ["shop", "status", "year", "kind"].map((name) => [name, byId(`by-${name}`)]);
  const count = byId("count");
  const empty = byId("empty");
  const show = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const whole = tight(words.join(""));
    const wanted = filters.filter(([, select]) => select.value !== "").map(([name, select]) => [name, Number(select.value)]);
    let shown = 0;
    for (const order of orders) {
      const fits = wanted.every(([name, value]) => (name === "kind" ? order.kind.includes(value) : order[name] === value))
        && (words.every((word) => order.found.includes(word)) || (whole.length > 3 && order.tight.includes(whole)));
      order.row.hidden = !fits;
      shown += fits;
    }
    const all = `${orders.length} order${orders.length === 1 ? "" : "s"}`;
    count.textContent = shown === orders.length ? all : `${shown} of ${all}`;
    empty.hidden = shown > 0;
  };
  if (list) {
    let waiting = 0;
    const soon = () => { clearTimeout(waiting); waiting = setTimeout(show, 60); };
    tools.addEventListener("input", soon);
    tools.addEventListener("submit", (event) => { event.preventDefault(); show(); });
    tools.addEventListener("reset", () => setTimeout(show));
    tools.hidden = false;
    show();
  }

  // The order of the rows, by the headings.
  const LAST = (value) => value === null || value === "";
  const compare = (key, sign) => (one, other) => {
    const a = one[key], b = other[key];
    if (LAST(a) || LAST(b)) return LAST(a) - LAST(b) || one.place - other.place;
    if (key === "total" && one.currency !== other.currency) return one.currency < other.currency ? -1 : 1;
    const order = typeof a === "string" ? a.localeCompare(b) : a - b;
    return sign * order || one.place - other.place;
  };
  const named = { name: (order) => data.shops[order.shop] ?? "", state: (order) => order.status };
  for (const order of orders) for (const [key, of] of Object.entries(named)) order[key] = of(order);
  let by = "day", sign = -1;
  const headings = Array.from(document.querySelectorAll("[data-sort]"));
  const mark = () => {
    for (const button of headings) {
      const here = button.dataset.sort === by;
      button.classList.toggle("up", here && sign > 0);
      button.classList.toggle("down", here && sign < 0);
      button.setAttribute("aria-pressed", String(here));
    }
  };
  for (const [place, heading] of headings.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = heading.className;
    button.dataset.sort = heading.dataset.sort;
    button.textContent = heading.textContent;
    button.title = `sort by ${heading.textContent.toLowerCase()}`;
    button.addEventListener("click", () => {
      sign = by === button.dataset.sort ? -sign : ["day", "total", "sure"].includes(button.dataset.sort) ? -1 : 1;
      by = button.dataset.sort;
      list.append(...[...orders].sort(compare(by, sign)).map((order) => order.row));
      mark();
      byId("said").textContent = `sorted by ${button.textContent.toLowerCase()}, ${sign > 0 ? "smallest" : "largest"} first`;
    });
    heading.replaceWith(button);
    headings[place] = button;
  }
  mark();

  // Up, down, Home and End go from row to row; Enter and Space open, as the browser has it.
  if (list) list.addEventListener("keydown", (event) => {
    if (!event.target.matches("summary.row") || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = event.target.closest("li");
    const step = (from, next) => { while (from && from.hidden) from = from[next]; return from; };
    const goal = {
      ArrowDown: () => step(row.nextElementSibling, "nextElementSibling"),
      ArrowUp: () => step(row.previousElementSibling, "previousElementSibling"),
      Home: () => step(list.firstElementChild, "nextElementSibling"),
      End: () => step(list.lastElementChild, "previousElementSibling"),
    }[event.key];
    if (!goal) return;
    event.preventDefault();
    goal()?.querySelector("summary").focus();
  });

  // A word before one leaves for a carrier's page.
  const dialog = byId("leave");
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.track");
    if (!link || !dialog.showModal || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    byId("leave-host").textContent = new URL(link.href).host;
    byId("leave-link").href = link.href;
    dialog.showModal();
  });
  byId("leave-link").addEventListener("click", () => dialog.close());
  byId("stay").addEventListener("click", () => dialog.close());

  // Light and dark: as the system has it, until the switch is used.
  const theme = byId("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
  const tell = () => theme.setAttribute("aria-pressed", String(isDark()));
  theme.addEventListener("click", () => { document.documentElement.dataset.theme = isDark() ? "light" : "dark"; tell(); });
  dark.addEventListener("change", tell);
  theme.hidden = false;
  tell();

  // On paper all orders that are shown are open, as far as there are not too many.
  const opened = [];
  addEventListener("beforeprint", () => {
    const shown = orders.filter((order) => !order.row.hidden);
    if (shown.length > data.printed) return;
    for (const { row } of shown) {
      fill(row);
      if (!row.firstElementChild.open) { row.firstElementChild.open = true; opened.push(row.firstElementChild); }
    }
  });
  addEventListener("afterprint", () => { for (const details of opened.splice(0)) details.open = false; });
})();
