// Folding: what answers a comment is put away below it.

export function makeFolds(root, ties, changed) {
  const order = [...ties.posts.values()];
  const folded = new Set();
  const buttons = new Map();
  // In the order of the page, answers need not follow what they answer: nothing is folded then.
  const at = new Map(order.map((post, index) => [post.number, index]));
  const inThread = order.every((post) => !post.parent || (at.get(post.parent) < at.get(post.number)
    && at.get(post.number) <= at.get(post.parent) + ties.posts.get(post.parent).replies));

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
    // Folded at the top, all below is away.
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
      order.forEach((post, index) => {
        if (!folded.has(post.number)) return;
        for (const below of order.slice(index + 1, index + 1 + post.replies)) away.add(below.number);
      });
      return away;
    },
    // Opens whatever hides a comment.
    open(number) {
      for (let post = ties.posts.get(number); post; post = ties.posts.get(post.parent)) {
        if (post.number !== number && folded.has(post.number)) set(post, false);
      }
    },
  };
}
