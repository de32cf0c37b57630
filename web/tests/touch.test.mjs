// Fingers on the map, as a touch screen sends them: one pans or drags a pin, two pinch.
import assert from "node:assert/strict";

// Hands for a touch screen: places are [{x, y}], one for each finger.
async function fingers_of(view) {
  const session = await view.context.newCDPSession(view.page);
  const send = (type, places) => session.send("Input.dispatchTouchEvent",
    { type, touchPoints: places.map(({ x, y }, id) => ({ x, y, id })) });
  const frame = () => view.page.evaluate(() => new Promise(requestAnimationFrame));
  return {
    down: async (places) => { await send("touchStart", places); await frame(); },
    // What stays down is named; others are up.
    up: async (places = []) => {
      await send(places.length > 0 ? "touchMove" : "touchEnd", places);
      await frame();
      await frame();
    },
    async move(from, to, steps = 8) {
      for (let i = 1; i <= steps; ++i) {
        await send("touchMove", from.map(({ x, y }, id) => ({
          x: x + (to[id].x - x) * i / steps, y: y + (to[id].y - y) * i / steps })));
        await frame();
      }
    },
  };
}

const open = (harness) => harness.open({ hasTouch: true });
const place_of = (state, id) => state.sites.find((site) => site.id === id);
const far_from = (point, { x, y }) => Math.hypot(point.x - x, point.y - y);
const close = (a, b, slack, what) =>
  assert.ok(Math.abs(a - b) <= slack, `${what}: ${a}, not ${b}`);

// A place of the map with nothing on it within 40 pixels, near its middle.
function free_place({ map, sites }, items) {
  const middle = { x: map.x + map.width / 2, y: map.y + map.height / 2 };
  const taken = [...sites, ...items];
  for (let r = 0; r < 200; r += 10) {
    for (let a = 0; a < 12; ++a) {
      const place = { x: middle.x + r * Math.cos(a), y: middle.y + r * Math.sin(a) };
      if (taken.every((one) => far_from(place, one) > 40)) return place;
    }
  }
  throw new Error("the map is full");
}

async function stores_on_screen(view) {
  const ids = await view.page.evaluate(() => window.footfall.items());
  const stores = ids.filter((id) => id.startsWith("store."));
  return Promise.all(stores.map((id) => view.rect(id)));
}

// The head of a pin; (x, y) of a site is its tip.
const head = ({ x, y }) => ({ x, y: y - 16 });

function inner_site({ sites, map }) {
  const inside = ({ x, y }) => x > map.x + 120 && x < map.x + map.width - 120 &&
    y > map.y + 120 && y < map.y + map.height - 120;
  const room = (site) => Math.min(...sites.filter((other) => other !== site)
    .map((other) => far_from(site, other)));
  return sites.filter(inside).sort((a, b) => room(b) - room(a))[0];
}

export default {
  async "one finger pans the map and selects nothing"(harness) {
    const view = await open(harness);
    const before = await view.computed();
    const from = free_place(before, await stores_on_screen(view));
    const fingers = await fingers_of(view);
    await fingers.down([from]);
    await fingers.move([from], [{ x: from.x + 80, y: from.y - 50 }]);
    await fingers.up();
    const after = await view.snapshot();
    for (const site of before.sites) {
      close(place_of(after, site.id).x - site.x, 80, 1, "to the right");
      close(place_of(after, site.id).y - site.y, -50, 1, "up");
    }
    assert.equal(after.selection, before.selection);
    assert.equal(after.undo_depth, 0);
    assert.equal(after.hovered, 0, "a finger that is up points at nothing");
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "a tap selects, beside a pin too"(harness) {
    const view = await open(harness);
    const before = await view.computed();
    const others = { ...before, sites: before.sites.filter(({ id }) => id !== before.selection) };
    const site = inner_site(others);
    const fingers = await fingers_of(view);
    const { x, y } = head(site);
    await fingers.down([{ x: x + 17, y }]);
    await fingers.up();
    await view.until((s, id) => s.selection === id, site.id);
    assert.equal((await view.snapshot()).undo_depth, 0);
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "one finger drags a candidate, live"(harness) {
    const view = await open(harness);
    const before = await view.computed();
    const site = inner_site(before);
    const fingers = await fingers_of(view);
    const from = head(site), to = { x: from.x + 60, y: from.y + 45 };
    await fingers.down([from]);
    await fingers.move([from], [to]);
    const held = await view.until((s, id) => s.dragging && s.live?.id === id, site.id);
    assert.notEqual(held.live.expected_sales, site.expected_sales);
    await fingers.up();
    await view.until((s) => !s.dragging && s.undo_depth === 1);
    const moved = place_of(await view.computed(), site.id);
    close(moved.x - site.x, 60, 1, "to the right");
    close(moved.y - site.y, 45, 1, "down");
    assert.equal(moved.expected_sales, held.live.expected_sales);
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "two fingers zoom at their middle, move with it, and drop what the first one held"(harness) {
    const view = await open(harness);
    const before = await view.computed();
    const site = inner_site(before);
    const fingers = await fingers_of(view);
    const first = head(site), second = { x: first.x + 100, y: first.y + 20 };
    await fingers.down([first]);
    await fingers.move([first], [{ x: first.x + 20, y: first.y }]);
    await view.until((s) => s.dragging);
    const from = [{ x: first.x + 20, y: first.y }, second];
    await fingers.down(from);
    assert.equal((await view.snapshot()).dragging, false, "the drag is called off");

    // Twice as far apart, and the middle 30 to the right and 10 down.
    const middle = { x: (from[0].x + from[1].x) / 2, y: (from[0].y + from[1].y) / 2 };
    const to = from.map(({ x, y }) => ({ x: middle.x + 30 + 2 * (x - middle.x),
                                         y: middle.y + 10 + 2 * (y - middle.y) }));
    await fingers.move(from, to);
    await fingers.up([to[0]]);
    await fingers.up();
    const after = await view.computed();
    for (const one of before.sites) {
      const now = place_of(after, one.id);
      close(now.x, middle.x + 30 + 2 * (one.x - middle.x), 2, "x of a site");
      close(now.y, middle.y + 10 + 2 * (one.y - middle.y), 2, "y of a site");
    }
    assert.equal(after.undo_depth, 0);
    assert.equal(after.selection, site.id, "held before the second finger came");

    // The next single finger is a mouse again.
    const place = free_place(after, await stores_on_screen(view));
    await fingers.down([place]);
    await fingers.move([place], [{ x: place.x - 40, y: place.y }]);
    await fingers.up();
    const panned = await view.snapshot();
    close(place_of(panned, site.id).x - place_of(after, site.id).x, -40, 1, "one finger pans");
    assert.deepEqual(view.problems, []);
    await view.close();
  },
};
