"use strict";
// Sorting and filtering of the class table; without it the page is whole, sorted by name.
const table = document.getElementById("class");
const body = table.tBodies[0];
const headings = Array.from(table.tHead.rows[0].cells);
const compare = new Intl.Collator(undefined, { numeric: true }).compare;

function sortBy(column, direction) {
  const value = (row) => row.cells[column].dataset.value;
  const figure = headings[column].classList.contains("figure");
  const rows = Array.from(body.rows);
  rows.sort((a, b) => direction * (figure ? value(a) - value(b) : compare(value(a), value(b))));
  body.append(...rows);
  headings.forEach((heading) => heading.removeAttribute("aria-sort"));
  sort.value = column;
  headings[column].setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
}

const sort = document.getElementById("sort"); // for a narrow screen, which shows no headings
sort.append(...headings.map((heading, column) => new Option(heading.textContent, column)));
sort.addEventListener("change", () => {
  const column = Number(sort.value);
  sortBy(column, headings[column].classList.contains("figure") ? -1 : 1);
});

headings.forEach((heading, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  heading.append(button);
  button.addEventListener("click", () => {
    const first = heading.classList.contains("figure") ? "descending" : "ascending";
    const now = heading.getAttribute("aria-sort");
    const next = now === null ? first : now === "ascending" ? "descending" : "ascending";
    sortBy(column, next === "ascending" ? 1 : -1);
  });
});

const form = document.getElementById("filters");
const wanted = {
  name: document.getElementById("filter-name"),
  status: document.getElementById("filter-status"),
  check: document.getElementById("filter-check"),
};

function filter() {
  let shown = 0;
  for (const row of body.rows) {
    const fits = row.dataset.name.includes(wanted.name.value.trim().toLowerCase())
      && (!wanted.status.value || row.dataset.status === wanted.status.value)
      && (!wanted.check.value || row.dataset.fails.split(" ").includes(wanted.check.value));
    row.hidden = !fits;
    shown += fits;
  }
  document.getElementById("shown").textContent = `${shown} of ${body.rows.length} shown`;
}

form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
filter();
