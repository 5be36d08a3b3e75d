// A form offers at most 50 rows of another table. This adds a search box where there may be more.
const LIMIT = 50;

const itemsOf = (field) => [...(field.options ?? field.querySelectorAll("label"))];

const valueOf = (item) => (item.control ?? item).value;

const isKept = (item) => (item.control ? item.control.checked : item.selected || item.value === "");

function createItem(field, id, label) {
  if (field.options) return new Option(label, id);
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name: field.dataset.name, value: id });
  const item = document.createElement("label");
  item.append(box, ` ${label}`);
  return item;
}

async function search(field, input) {
  const text = input.value;
  const url = new URL(field.dataset.choices, location.href);
  url.searchParams.set("search", text);
  url.searchParams.set("pageSize", LIMIT);
  const response = await fetch(url);
  if (!response.ok) return;
  const answer = await response.json();
  if (input.value !== text) return;
  const kept = new Set();
  for (const item of itemsOf(field)) {
    if (isKept(item)) kept.add(valueOf(item));
    else item.remove();
  }
  for (const row of answer.results ?? answer) {
    if (!kept.has(String(row.id))) field.append(createItem(field, row.id, row[field.dataset.label ?? "label"]));
  }
}

for (const field of document.querySelectorAll("[data-choices]")) {
  if (itemsOf(field).length < LIMIT) continue;
  const title = field.closest("fieldset")?.querySelector("legend") ?? field.labels?.[0];
  const name = field.getAttribute("aria-label") ?? title?.firstChild.textContent.trim() ?? "choices";
  const input = Object.assign(document.createElement("input"), { type: "search", className: "choices-search", placeholder: `Search ${name.toLowerCase()}` });
  input.setAttribute("aria-label", `Search ${name.toLowerCase()}`);
  field.before(input);
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 250, field, input);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
