// Folding: what answers a comment is put away below it.

export function makeFolds(root, ties, changed) {
  const order = [...ties.posts.values()];
  const folded = new Set();
  const buttons = new Map();
  const inThread = order.every((post, at) => !post.parent || at > 0);

  const tell = (post) => {
    const button = buttons.get(post.number);
    const shut = folded.has(post.number);
    button.setAttribute("aria-expanded", String(!shut));
    button.textContent = `${shut ? "Show" : "Fold"} ${post.replies} ${post.replies === 1 ? "reply" : "replies"}`;
  };
  const set = (post, shut) => {
    if (shut) folded.add(post.number);
    else folded.delete(post.number);
    tell(post);
  };
  for (const post of order) {
    if (!post.replies || !inThread) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fold";
    post.element.querySelector(".acts").prepend(button, " ");
    buttons.set(post.number, button);
    tell(post);
    button.addEventListener("click", () => {
      set(post, !folded.has(post.number));
      changed();
    });
  }
  const all = (shut) => {
    for (const post of order) if (buttons.has(post.number) && (!shut || !post.parent)) set(post, shut);
    changed();
  };
  const folds = root.querySelector(".folds");
  if (folds && buttons.size) {
    folds.hidden = false;
    folds.querySelector(".fold-all").addEventListener("click", () => all(true));
    folds.querySelector(".unfold-all").addEventListener("click", () => all(false));
  }
  return {
    // Returns the numbers that are put away: in the order of the thread the replies follow.
    away() {
      const away = new Set();
      order.forEach((post, at) => {
        if (!folded.has(post.number)) return;
        for (let next = at + 1; next <= at + post.replies; next += 1) away.add(order[next].number);
      });
      return away;
    },
    // Opens whatever hides a comment.
    open(number) {
      for (let at = ties.posts.get(number); at; at = ties.posts.get(at.parent)) {
        if (at.number !== number && folded.has(at.number)) set(at, false);
      }
    },
  };
}
