// Keeps the masthead's clocks at the present minute. Without it they show the page's own minute.

const clocks = [...document.querySelectorAll("time[data-clock]")].flatMap((element) => {
  try {
    const format = new Intl.DateTimeFormat("en-GB", {
      timeZone: element.dataset.clock,
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    return [{ element, format }];
  } catch {
    return []; // a zone that this browser doesn't know keeps what the server wrote
  }
});

function show() {
  const now = new Date();
  for (const { element, format } of clocks) {
    const text = format.format(now);
    if (element.textContent === text) continue;
    element.textContent = text;
    element.dateTime = `${now.toISOString().slice(0, 19)}Z`;
  }
}

function wait() {
  setTimeout(() => {
    show();
    wait();
  }, 60_000 - (Date.now() % 60_000) + 20);
}

if (clocks.length > 0) {
  show();
  wait();
  // A timer that slept with its laptop is late: look again when the page is looked at again.
  document.addEventListener("visibilitychange", show);
}
