import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

// The server judges by these rules; a browser shows with the same ones how a password is doing while it is typed.

/** Characters that a password has at least and at most. */
export const passwordLength = { min: 12, max: 256 } as const

/** Why a password is refused. There is no rule about kinds of characters: they make passwords worse. */
export type PasswordFault = 'too-short' | 'too-long' | 'personal' | 'guessable'
/** 0: guessed at once; 4: out of reach. */
export type Strength = 0 | 1 | 2 | 3 | 4
/** What is known about the person, and therefore guessed first. */
export type Known = { readonly name: string; readonly email: string }

const product = 'postern'
const shortestWord = 4

/** The words of a name and an e-mail address that must not be in a password; short ones are in too many passwords by chance. */
const personalWords = ({ name, email }: Known): string[] =>
  [product, ...`${name} ${email}`.toLowerCase().split(/[^\p{L}\p{N}]+/u)].filter((w) => w.length >= shortestWord)

// The dictionaries are half a megabyte: loaded when the first password is set, or typed.
let loading: Promise<{ estimator: ZxcvbnFactory; common: ReadonlySet<string> }> | undefined
async function load() {
  const [{ ZxcvbnFactory }, words] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  // Beyond 100 characters the estimate takes long, and says nothing more.
  const options = { dictionary: words.dictionary, graphs: words.adjacencyGraphs, maxLength: 100 }
  return { estimator: new ZxcvbnFactory(options), common: new Set(words.dictionary['passwords-common']) }
}
const loaded = () => (loading ??= load())

/** How hard a password is to guess for somebody who knows its owner. */
export async function passwordStrength(password: string, known: Known): Promise<Strength> {
  const { estimator } = await loaded()
  return estimator.check(password, personalWords(known)).score
}

/** The first rule that a new password breaks; null for a good one. */
export async function passwordFault(password: string, known: Known): Promise<PasswordFault | null> {
  const length = [...password].length
  if (length < passwordLength.min) return 'too-short'
  if (length > passwordLength.max) return 'too-long'
  const lower = password.toLowerCase()
  if (personalWords(known).some((word) => lower.includes(word))) return 'personal'
  const { common } = await loaded()
  return common.has(lower) || (await passwordStrength(password, known)) < 2 ? 'guessable' : null
}
