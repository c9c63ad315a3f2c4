/** Shows the buttons that print the page; without JavaScript the sentence beside them stays. */
for (const place of document.querySelectorAll<HTMLElement>('[data-print]')) {
  place.hidden = false;
  place.addEventListener('click', () => window.print());
}
for (const hint of document.querySelectorAll<HTMLElement>('[data-print-hint]')) hint.hidden = true;
