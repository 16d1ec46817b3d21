// What somebody sees, reads and can touch of screens, on each viewport: sizes in dp, touches as they are sent.
async ([directives, viewports]) => {
  const { draw } = await import("/static/apl/draw.js");
  const label = (each) => each.getAttribute("aria-label") ?? "";
  const high = (box) => box.getBoundingClientRect().height;

  function seen(directive, viewport) {
    const sent = [];
    const { screen, problems } = draw(directive, viewport, (touch) => sent.push(touch));
    document.body.append(screen);
    const all = (chosen) => [...screen.querySelectorAll(chosen)];
    all("button").forEach((button) => button.click());
    const found = {
      problems,
      sent,
      buttons: all("button").map((each) => ({ label: label(each), height: high(each) })),
      texts: all(".apl-text").map((each) => [each.textContent, parseFloat(getComputedStyle(each).fontSize)]),
      headings: all("[role=heading]").map((each) => each.textContent),
      pictures: all("svg").map((each) => ({ label: label(each), height: high(each) })),
      scrolling: all(".apl-scroll").map(label),
      progress: all("[role=progressbar]").map(label),
    };
    screen.remove();
    return found;
  }

  return directives.map((directive) => viewports.map((viewport) => seen(directive, viewport)));
}
