/* Fills the <template> elements of a page from records. What an element shows is named in its attributes:
     data-each="name"          once for every item of a list; an item's fields go before the outer ones
     data-if, data-unless      kept only with, or only without, a value
     data-use="id"             replaced by another template, filled with the same record
     data-text="name"          its text
     data-count="name"         data-one or data-many, with the figure put in
     data-badge="name"         replaced by the template badge-<value>
     data-set="attribute=name" attributes, several with spaces between; no or true stand for absent or empty
   In words that stay, {name} is replaced. Only text and attributes are ever set, so nothing in the data can
   become markup. A text of the form {id: "..."} has no translation and is marked. */

/* Single words and sentences of the page, from its template "words". */
export const words = Object.fromEntries(
  [...document.getElementById("words").content.querySelectorAll("[data-word]")].map((one) => [one.dataset.word, one.textContent]),
);

/* A template with a record in it. */
export function filled(id, record) {
  const part = document.getElementById(id).content.cloneNode(true);
  fillAll(part, record);
  return part;
}

function fillAll(parent, record) {
  for (const child of [...parent.childNodes]) {
    if (child.nodeType === Node.TEXT_NODE) child.data = say(child.data, record);
    else if (child.nodeType === Node.ELEMENT_NODE) fill(child, record);
  }
}

function fill(element, record) {
  const wish = element.dataset;
  if (wish.each) return repeat(element, record);
  if ((wish.if && !isSome(record[wish.if])) || (wish.unless && isSome(record[wish.unless]))) return element.remove();
  if (wish.use) return element.replaceWith(filled(wish.use, record));
  if (wish.badge) return element.replaceWith(filled(`badge-${record[wish.badge]}`, record));
  if (wish.set) setAll(element, wish.set, record);
  if (wish.text) write(element, record[wish.text]);
  else if (wish.count) element.textContent = counted(record[wish.count], wish);
  else fillAll(element, record);
}

function repeat(element, record) {
  const items = record[element.dataset.each] || [];
  delete element.dataset.each;
  for (const item of items) {
    const copy = element.cloneNode(true);
    element.before(copy);
    fill(copy, { ...record, ...item });
  }
  element.remove();
}

function setAll(element, pairs, record) {
  for (const pair of pairs.split(" ")) {
    const [attribute, name] = pair.split("=");
    const value = record[name];
    if (value === undefined || value === null || value === false) element.removeAttribute(attribute);
    else element.setAttribute(attribute, value === true ? "" : value);
  }
}

function write(element, text) {
  if (!text || !text.id) return void (element.textContent = text ?? "");
  const mark = document.getElementById("untranslated").content.cloneNode(true);
  mark.querySelector("[lang]").textContent = text.id;
  element.replaceChildren(mark);
}

/* A sentence with {name} in it. */
export function say(sentence, record) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => plain(record[name]));
}

function counted(number, { one, many }) {
  return (number === 1 ? one : many).replace(/[0-9]+/, number);
}

/* A text without its mark. */
export function plain(text) {
  return String((text && text.id) || (text ?? ""));
}

/* Several texts as one; without a translation if one of them has none. */
export function joined(texts, between = ", ") {
  const known = texts.filter(isSome);
  const text = known.map(plain).join(between);
  return known.some((one) => one.id) ? { id: text } : text;
}

function isSome(value) {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
