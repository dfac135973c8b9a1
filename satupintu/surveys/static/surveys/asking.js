/* Which items are asked of somebody who answered so: the same rule as surveys/rules/answers.py. Pure. */

export function asked(items, values) {
  const shown = [];
  for (const item of items) {
    const only = item.only_if;
    const fits = only && shown.some((one) => one.code === only.item) && (values[only.item] || "").split(";").some((value) => only.answers.includes(value));
    if (!only || fits) shown.push(item);
  }
  return shown;
}

/* The first asked item without an entry (an empty entry was left out); undefined at the end. */
export const nextItem = (items, values) => asked(items, values).find((item) => !(item.code in values));

/* Only what was really asked and answered. */
export const keptValues = (items, values) => Object.fromEntries(asked(items, values).filter((item) => values[item.code]).map((item) => [item.code, values[item.code]]));

/* What is wrong with a typed or chosen answer: a word for it, or nothing. */
export function problem(item, value) {
  if (item.type === "number") {
    const number = Number(value.replace(/\.(?=\d{3}(\D|$))/g, ""));
    return Number.isInteger(number) && number >= item.least && number <= item.most ? "" : "number";
  }
  const chosen = value.split(";");
  return item.type === "multiple" && chosen.length > 1 && chosen.some((one) => one === "unknown" || one === "none") ? "alone" : "";
}
