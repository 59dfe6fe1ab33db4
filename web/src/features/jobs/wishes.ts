// What the candidate wants, kept in the address.

export interface Wishes {
  role: string;
  location: string;
  remote: boolean;
  salary: string;
  currency: string;
  strict: boolean;
}

export interface WishQuery {
  role?: string[];
  location?: string[];
  remote?: boolean;
  min_salary?: number;
  currency?: string;
  strict?: boolean;
}

export function readWishes(params: URLSearchParams): Wishes {
  return {
    role: params.get("role") ?? "",
    location: params.get("location") ?? "",
    remote: params.get("remote") === "1",
    salary: params.get("salary") ?? "",
    currency: params.get("currency") ?? "",
    strict: params.get("strict") === "1",
  };
}

export function writeWishes(wishes: Wishes): Record<string, string | null> {
  return {
    role: wishes.role.trim() || null,
    location: wishes.location.trim() || null,
    remote: wishes.remote ? "1" : null,
    salary: salaryOf(wishes.salary) === null ? null : wishes.salary.trim(),
    currency: /^[a-z]{3}$/i.test(wishes.currency.trim()) ? wishes.currency.trim().toUpperCase() : null,
    strict: wishes.strict ? "1" : null,
  };
}

/** The query of `/matches`; several roles or places are parted by semicolons. */
export function wishQuery(wishes: Wishes): WishQuery {
  const query: WishQuery = {};
  const roles = parted(wishes.role);
  const places = parted(wishes.location);
  const salary = salaryOf(wishes.salary);
  if (roles.length) query.role = roles;
  if (places.length) query.location = places;
  if (wishes.remote) query.remote = true;
  if (salary !== null) query.min_salary = salary;
  if (salary !== null && wishes.currency) query.currency = wishes.currency;
  if (wishes.strict) query.strict = true;
  return query;
}

export function wishCount(wishes: Wishes): number {
  return [wishes.role, wishes.location, wishes.remote, salaryOf(wishes.salary) !== null].filter(Boolean).length;
}

/** "55,000", "55 000" and "55k" are all 55000; null where there is no figure. */
export function salaryOf(typed: string): number | null {
  const found = /^(\d+(?:\.\d+)?)(k?)$/i.exec(typed.replace(/[\s,'_]/g, ""));
  if (!found) return null;
  const value = Number(found[1]) * (found[2] ? 1000 : 1);
  return value > 0 && value <= 1e12 ? value : null;
}

function parted(words: string): string[] {
  return words
    .split(";")
    .map((part) => part.trim().slice(0, 200))
    .filter(Boolean)
    .slice(0, 20);
}
