// What nobody could read of screens: lines that no scrolling brings into sight, views of less than two lines, and
// views that do not say that they hold more, or still say so at their end.
async ([directives, viewports]) => {
  const INK = 5; // dp of a line above and below its letters
  const LEAST = 80; // dp: two lines
  const STEP = 4; // dp by which a view is scrolled
  const EMPTY = 24; // dp that may stand below the last line
  const { draw } = await import("/static/apl/draw.js");
  const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const found = [];

  const seen = ({ width, height, shape }, x, y) =>
    x >= -1 && y >= -1 && x <= width + 1 && y <= height + 1 &&
    (shape !== "round" || Math.hypot(x - width / 2, y - height / 2) <= width / 2 + 1);

  function readable(viewport, on, box, line) {
    const view = box.closest(".apl-scroll");
    const edge = (view ?? box.closest("button") ?? box.closest(".apl")).getBoundingClientRect();
    const room = view ? view.scrollHeight - view.clientHeight : 0;
    for (let up = 0; up <= room + STEP; up += STEP) {
      const moved = Math.min(up, room);
      const within = line.top - moved >= edge.top - INK && line.bottom - moved <= edge.bottom + INK;
      const corners = [line.left, line.right].flatMap((x) => [line.top + INK, line.bottom - INK].map((y) => [x, y]));
      if (within && corners.every(([x, y]) => seen(viewport, x - on.left, y - on.top - moved))) return true;
    }
    return false;
  }

  for (const directive of directives) {
    const all = viewports.map((viewport) => {
      const { screen } = draw(directive, viewport, () => {});
      document.body.append(screen);
      return { viewport, screen };
    });
    const views = all.flatMap(({ viewport, screen }) =>
      [...screen.querySelectorAll(".apl-scroll")].map((view) => ({ viewport, view })),
    );
    const tell = (viewport, box, why) => found.push(`${viewport.name}, ${directive.token}: ${why}: ${box.textContent}`);
    const says = (view) => getComputedStyle(view, "::after").content !== "none";
    for (const { viewport, screen } of all) {
      const on = screen.getBoundingClientRect();
      for (const box of screen.querySelectorAll(".apl-text")) {
        const words = document.createRange();
        words.selectNodeContents(box);
        for (const line of words.getClientRects()) {
          if (!readable(viewport, on, box, line)) tell(viewport, box, "a line can never be read");
        }
      }
    }
    await settled();
    for (const { viewport, view } of views) {
      if (view.clientHeight < Math.min(view.scrollHeight, LEAST)) tell(viewport, view, "less than two lines are seen");
      if (view.scrollHeight - view.clientHeight > EMPTY && !says(view)) tell(viewport, view, "nothing says there is more");
      view.scrollTop = view.scrollHeight;
    }
    await settled();
    for (const { viewport, view } of views) if (says(view)) tell(viewport, view, "more is promised at the end");
    for (const { screen } of all) screen.remove();
  }
  return found;
}
