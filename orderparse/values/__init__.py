"""Values: a string becomes a code, a date, an amount or a link, in every reading that the text allows."""
