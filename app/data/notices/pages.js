// SPDX-License-Identifier: GPL-3.0-or-later
// Hides the cards that do not fit what was typed. Without it all notices are shown, and nothing is to be typed.
"use strict";
(() => {
  const form = document.getElementById("filter");
  const cards = [...document.querySelectorAll(".cards > li")];
  const count = document.getElementById("count");
  const spread = 10; // years: ages are mostly guesses

  const fits = (card, sex, age, words) => {
    const data = card.dataset;
    if (sex !== "" && data.sex !== undefined && data.sex !== sex) return false;
    if (age !== "" && data.least !== undefined && (Number(age) < Number(data.least) - spread || Number(age) > Number(data.greatest) + spread)) return false;
    return words.every((word) => data.text.includes(word));
  };
  const show = () => {
    const words = form.elements.text.value.toLowerCase().split(/\s+/u).filter(Boolean);
    let shown = 0;
    for (const card of cards) {
      card.hidden = !fits(card, form.elements.sex.value, form.elements.age.value.trim(), words);
      shown += card.hidden ? 0 : 1;
    }
    count.textContent = shown === cards.length ? `共${cards.length}则公告` : `共${cards.length}则公告，符合条件的${shown}则`;
  };
  form.hidden = false;
  for (const kind of ["input", "change"]) form.addEventListener(kind, show);
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  form.addEventListener("reset", () => setTimeout(show));
})();
