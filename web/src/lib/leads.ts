/** A page's name and, in a sentence or two, what it is for. They stand there from the first paint on. */
export interface Lead {
  title: string;
  lead: string;
}

export const JOBS: Lead = {
  title: "Jobs",
  lead: "Postings in the order that suits you best. Every score is a sum of rows, and each row shows the words it rests on.",
};
export const DOCUMENTS: Lead = {
  title: "Documents",
  lead: "One-page CVs and letters, each written for one posting. Every line stands beside the fact of your CV that proves it.",
};
export const SOURCES: Lead = {
  title: "Sources",
  lead: "Postings come from the public job boards of employers and from open feeds. jobbot reads them only when you say so, and politely.",
};
export const SAVE: Lead = {
  title: "Save a posting",
  lead: "From LinkedIn, Indeed and other pages that no program may read, you bring postings yourself: pasted, as files, or with one click while you look at them. They are yours alone.",
};
export const PROFILE: Lead = {
  title: "Your CV",
  lead: "Scores and documents rest on these words and on nothing else. Choose any of them to correct it: what you change is kept as a new version, and the earlier ones stay.",
};
export const IMPORT: Lead = {
  title: "Import your CV",
  lead: "jobbot reads it on this machine and shows what it understood and from where, before anything is kept.",
};
export const PRIVACY: Lead = {
  title: "Privacy",
  lead: "Your data is on this machine, sealed with a key that is yours. Here is what left it, what may leave it, and how to take everything away, all at once and for good.",
};

const BY_PATH: Record<string, Lead> = {
  "/documents": DOCUMENTS,
  "/sources": SOURCES,
  "/save": SAVE,
  "/profile": PROFILE,
  "/import": IMPORT,
  "/privacy": PRIVACY,
};

/** The lead of the page at an address. */
export function leadAt(path: string): Lead {
  return BY_PATH[path.replace(/\/$/, "")] ?? JOBS;
}
