// The queue from the keyboard: one case after the other, decided without leaving the page.

const queue = document.querySelector(".queue");
const tally = document.getElementById("tally");
const mine = document.querySelector(".my-name");
const reasons = [...document.querySelectorAll("#reasons option")].map((option) => option.value);
const taken = []; // what can be taken back, in the order in which it was decided
const line = []; // what is still to be sent, in that order too
let sending = false;
let undoing = 0;
let left = Number.parseInt(tally.textContent, 10);

document.querySelector(".keys").hidden = false;
document.body.classList.add("live");
if (mine) {
  mine.value = localStorage.getItem("decided_by") || "";
  mine.addEventListener("change", () => localStorage.setItem("decided_by", mine.value.trim()));
}

const open = () => [...queue.querySelectorAll(".case:not(.done)")];
const current = () => {
  const held = document.activeElement && document.activeElement.closest(".case");
  return held && !held.classList.contains("done") ? held : null;
};
const go = (step) => {
  const cases = open();
  const at = cases.indexOf(current());
  const next = cases[Math.min(Math.max(at + step, 0), cases.length - 1)];
  if (!next) return;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
};
const mark = (place, done) => {
  if (place.classList.contains("done") === done) return;
  place.classList.toggle("done", done);
  left += done ? -1 : 1;
  tally.textContent = tally.textContent.replace(/^\d+/, left);
};
const name = () => {
  if (!mine) return "";
  if (!mine.value.trim()) mine.focus();
  return mine.value.trim();
};
const send = async (action, fields) => {
  const answer = await fetch(action, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams(fields),
    keepalive: true, // whoever goes on at once has decided all the same
  });
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.detail || content.title);
  return content;
};
// One after the other, so that the ledger has the order of the keys, however slow the service is.
const inTurn = (task) => new Promise((resolve, reject) => {
  line.push(() => task().then(resolve, reject));
  sendNext();
});
const sendNext = async () => {
  if (sending) return;
  sending = true;
  while (line.length) await line.shift()();
  sending = false;
};
const say = (place, text) => {
  let note = place.querySelector(".note");
  if (!note) {
    note = document.createElement("p");
    note.className = "note";
    note.setAttribute("role", "status");
    place.append(note);
  }
  note.textContent = text;
  return note;
};

const decide = async (place, action, reason) => {
  const form = place.querySelector(".decide");
  const decidedBy = name();
  if (mine && !decidedBy) return;
  if (action === "reject" && !reason) {
    form.elements.namedItem("reason").focus();
    say(place, "A rejection needs a reason.");
    return;
  }
  const next = open()[open().indexOf(place) + 1] || open()[open().indexOf(place) - 1];
  const sent = inTurn(() => send("/moderation/decide", {
    page: form.elements.namedItem("page").value,
    comment: form.elements.namedItem("comment").value,
    action, reason, decided_by: decidedBy,
  }));
  const decided = { place, sent };
  const said = say(place, action === "reject" ? `Rejected: ${reason}` : "Approved");
  mark(place, true);
  taken.push(decided);
  if (next) next.focus();
  try {
    await sent;
    const button = document.createElement("button"); // there from when the ledger has it
    button.type = "button";
    button.textContent = "Undo";
    button.addEventListener("click", () => takeBack(decided));
    said.append(" ", button);
  } catch (error) {
    forget(decided);
    mark(place, false);
    say(place, `That did not work: ${error.message}`);
    place.focus();
  }
};
const forget = (decided) => {
  const at = taken.indexOf(decided);
  if (at >= 0) taken.splice(at, 1);
  return at >= 0;
};
const takeBack = async (decided) => {
  if (!forget(decided)) return; // by its button or by the key already
  const { place, sent } = decided;
  mark(place, false);
  place.querySelector(".note").remove();
  place.focus();
  undoing += 1;
  try {
    await inTurn(async () => {
      const decision = await sent.catch(() => null); // what did not work needs no undoing
      if (decision) await send("/moderation/undo", { decision: decision.id, decided_by: name() });
    });
  } catch (error) {
    mark(place, true);
    taken.push(decided);
    say(place, `That did not work: ${error.message}`);
  } finally {
    undoing -= 1;
  }
};
addEventListener("pagehide", () => {
  for (const each of line.splice(0)) each();
});
addEventListener("beforeunload", (event) => {
  if (undoing) event.preventDefault(); // its decision may not have been answered yet
});

// The name is asked for once, above; the fields for it in each form are for those without scripts.
for (const form of document.querySelectorAll(".decide, .ledger form")) form.noValidate = true;
queue.addEventListener("submit", (event) => {
  const form = event.target.closest(".decide");
  if (!form) return;
  event.preventDefault();
  // Enter in the field of a reason rejects: an approval needs none.
  const typed = document.activeElement && document.activeElement.name === "reason";
  const action = typed ? "reject" : event.submitter.value;
  decide(form.closest(".case"), action, form.elements.namedItem("reason").value.trim());
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input, select, textarea");
  if (typing) {
    if (event.key !== "Escape") return;
    if (current()) current().focus();
    else event.target.blur();
    return;
  }
  const place = current();
  const key = event.key.toLowerCase();
  const reason = reasons[Number(key) - 1];
  if (key === "j") go(place ? 1 : 0);
  else if (key === "k") go(-1);
  else if (key === "u" && taken.length) takeBack(taken.at(-1));
  else if (!place) return;
  else if (key === "a") decide(place, "approve", "");
  else if (key === "r") place.querySelector('[name="reason"]').focus();
  else if (key === "o") place.querySelector(".open").click();
  else if (reason) decide(place, "reject", reason);
  else return;
  event.preventDefault();
});
for (const form of document.querySelectorAll(".ledger form")) {
  form.addEventListener("submit", (event) => {
    const field = form.elements.namedItem("decided_by");
    if (field && mine) field.value = name();
    if (field && !field.value) event.preventDefault();
  });
}
