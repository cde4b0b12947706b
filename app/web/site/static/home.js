// The first page: a file dropped anywhere is taken, sending says so, jobs are watched.

const form = document.querySelector("form.give");
if (form) {
  const file = form.querySelector('input[type="file"]');
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (!file || !event.dataTransfer.files.length) return;
    file.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
for (const each of document.querySelectorAll('form[method="post"]')) {
  each.addEventListener("submit", () => {
    each.classList.add("busy");
    const button = each.querySelector("button");
    button.setAttribute("aria-disabled", "true");
    button.querySelector("b, span") || (button.textContent = "Reading …");
  });
}
// A page that the browser kept must not look busy when it is come back to.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

const ask = async (path) => {
  const answer = await fetch(path, { headers: { accept: "application/json" } });
  return answer.ok ? answer.json() : null;
};
const tell = (place, job) => {
  const bar = place.querySelector("progress");
  bar.max = Math.max(job.total, 1);
  bar.value = job.done;
  place.querySelector(".far").textContent = `${job.done} of ${job.total} comments`;
};
const watched = document.querySelector("[data-watch]");
if (watched) {
  const watch = async () => {
    const job = await ask(`/jobs/${watched.dataset.watch}`);
    if (job && job.over) location.reload();
    else if (job) tell(watched, job);
    if (!job || !job.over) setTimeout(watch, 1000);
  };
  watch();
}
const list = document.querySelector("[data-jobs]");
const runs = () => list && list.querySelector("[data-job]:not([data-over])");
if (runs()) {
  const watch = async () => {
    for (const job of (await ask("/jobs")) || []) {
      const place = [...list.children].find((each) => each.dataset.job === job.id);
      if (!place) continue;
      tell(place, job);
      const state = place.querySelector(".state");
      state.textContent = job.state;
      state.className = `state ${job.state}`;
      if (job.over) place.setAttribute("data-over", "");
      if (job.page) place.querySelector("a").href = `/pages/${job.page}`;
    }
    if (runs()) setTimeout(watch, 1500);
  };
  setTimeout(watch, 500);
}
