import { type Phrases, wordsOf } from './phrases'
import type { Registry } from './registry'
import { type Reader, reader, rewrite, wordAt } from './scan'
import { isPlainWord } from './vocabulary'

const TYPE =
  /(?:Deserialized\.)?(?:System|Microsoft\.(?:Exchange|Online|PowerShell|Office))(?:\.[A-Za-z]\w*)*(?:`\d+)?(?:\[[\w.`,[\]+ ]*\])*(?![\w.-])/y

/** Names of .NET types stand for values that an export could not hold: `System.String[]`. */
export const typeNames = (known: Phrases): Reader =>
  reader(TYPE, ([type]) =>
    /[.[`]/.test(type) && wordsOf(type).every((w) => known.inside(w) === undefined) ? type : undefined,
  )

const HUMPS = /[A-Z]+(?![a-z])[\d]*|[A-Z]?[a-z\d]+/g
const TYPE_WORDS = new Set(
  `ace ad anything archive array ascii automation base boolean byte char collection commands compression crypto cryptography culture custom data decimal
   deserialized distinguished document enum enumerable enumerator exception extensions file format generic global globalization guid hashtable hygiene i
   identifier info int int16 int32 int64 internal io ip item key management messaging multi net nt nullable object oid power predicate prepend present
   presentation principal provider ps quantified recipient sequence shell single string subject system task tasks text thread threading type unlimited
   valued x500 x509 xml zip`.split(/\s+/),
)
/** Is every part of a name like `SystemConfiguration` a word of Exchange or .NET? */
export const isOwnName = (text: string): boolean => isPlainWord(text) || (text.match(HUMPS) ?? []).every(isTypeWord)

const isTypeWord = (hump: string): boolean => {
  const word = hump.replace(/\d+$/, '').toLowerCase()
  return isPlainWord(word) || TYPE_WORDS.has(word)
}

/** The same where nothing may be left: what no type of Exchange or .NET is called is replaced. */
export const strictTypeNames = (known: Phrases, book: Registry): Reader => {
  const read = typeNames(known)
  const word = (text: string): string => (isOwnName(text) ? text : book.number('word', text, 'name-'))
  return (text, at) => {
    const found = read(text, at)
    return found && { ...found, made: found.made.replace(/[A-Za-z]\w*/g, word) }
  }
}

const ENCODED = /([^\s"'<>]{0,500}?%[0-9a-f]{2}[^\s"'<>]*)/i

/** A text after the readers, also where it is percent-encoded. */
export function rewritten(text: string, readers: readonly Reader[]): string {
  const plain = text.normalize('NFC')
  if (!plain.includes('%')) return rewrite(plain, readers)
  // What was replaced must not be replaced again.
  return plain
    .split(ENCODED)
    .map((part, i) => (i % 2 === 0 ? rewrite(part, readers) : decodedPart(part, readers)))
    .join('')
}

function decodedPart(part: string, readers: readonly Reader[]): string {
  try {
    const plain = decodeURIComponent(part)
    const made = rewrite(plain, readers)
    return made === plain ? part : encodeURI(made)
  } catch {
    return rewrite(part, readers)
  }
}

/** Names of several words before anything else; those of one word after what only looks like one. */
export const namesThere =
  (known: Phrases, book: Registry, many: boolean, isValue: (at: number) => boolean = () => false): Reader =>
  (text, at) => {
    const found = known.at(text, at, wordAt(text, at), { many, isValue: isValue(at) })
    if (found === undefined) return undefined
    const { original, pseudonym, kind } = found.phrase
    book.note(kind, original, pseudonym)
    const seen = text.slice(at, found.end)
    const isLower = seen === seen.toLowerCase() && original !== original.toLowerCase()
    return { end: found.end, made: isLower ? pseudonym.toLowerCase() : pseudonym }
  }

/** `contoso-group` is the beginning of `contoso-group.com`: what reaches further wins. */
export const furthest =
  (names: Reader, others: readonly Reader[]): Reader =>
  (text, at) => {
    const name = names(text, at)
    if (name === undefined) return undefined
    for (const read of others) {
      const found = read(text, at)
      if (found !== undefined && found.end > name.end) return found
    }
    return name
  }

/** A word that holds a known name, `CONTOSOADMIN`, is replaced as a whole. */
export const insideWords =
  (known: Phrases, book: Registry): Reader =>
  (text, at) => {
    const word = wordAt(text, at)
    if (isPlainWord(word)) return undefined
    const isCut = /^(?:\.\.\.|\u2026)/.test(text.slice(at + word.length, at + word.length + 3)) && known.begins(word)
    const found = isCut || known.inside(word)
    return found && { end: at + word.length, made: book.number('word', word, 'name-') }
  }

/** Whatever is neither known nor a word of Exchange or the product. */
export const unknownWords =
  (book: Registry): Reader =>
  (text, at) => {
    const word = wordAt(text, at)
    return isPlainWord(word) || !/\p{L}/u.test(word)
      ? undefined
      : { end: at + word.length, made: book.number('word', word, 'name-') }
  }
