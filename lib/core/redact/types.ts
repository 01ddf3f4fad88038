/** What an original is; the pseudonym tells it too. */
export const pseudonymKinds = [
  'server',
  'domain',
  'address',
  'mailbox',
  'connector',
  'rule',
  'name',
  'account',
  'person',
  'word',
  'id',
  'file',
  'text',
  'finding',
] as const
export type PseudonymKind = (typeof pseudonymKinds)[number]

/** What stands for what. */
export type Replaced = { readonly pseudonym: string; readonly original: string }
/** One line of the key: it leads back from the pseudonym, so it is as secret as the original. */
export type KeyEntry = Replaced & { readonly kind: PseudonymKind }

/**
 * Pseudonyms of one report. The same original always gets the same one; what was not in the report gets one when it is first met,
 * and is in the table from then on.
 */
export type Pseudonyms = {
  /** Replaces what identifies in any text: known names, and whatever looks like an address, a domain, an id or a mailbox. */
  readonly text: (text: string) => string
  /** The same, and nothing else is left either: a word that neither Exchange nor the product uses is replaced as well. */
  readonly value: (text: string) => string
  /** What the product says in one of the ways of a message: its own words in their order, and between them values. */
  readonly said: (text: string, message: readonly (readonly string[])[]) => string
  /** A whole name: of a connector, a rule, a server, a site, a domain. */
  readonly name: (text: string) => string
  /** A name as a property gives it: one that nothing else tells of is replaced as a whole. */
  readonly given: (text: string) => string
  /** The id of an object: `SERVER\Name`, `SERVER\THUMBPRINT`, `CONNECTOR|account`, or a name. */
  readonly id: (text: string) => string
  /** An account: `CONTOSO\svc-mail`, a name or a SID. */
  readonly account: (text: string) => string
  /** The name of a source, `folder/file.txt` or `archive.zip!/member.txt`. */
  readonly source: (name: string) => string
  /** The id of a finding, whose last part is a hash over names. */
  readonly finding: (id: string) => string
  /** Hex of the same length: hashes, thumbprints, serial numbers. */
  readonly hex: (text: string) => string
  /** Free text as a whole: comments, banners, descriptions. */
  readonly free: (text: string) => string
  readonly table: () => KeyEntry[]
}
