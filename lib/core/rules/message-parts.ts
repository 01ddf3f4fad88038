import { IntlMessageFormat } from 'intl-messageformat'
import type { Language } from './texts'

/** A piece of a message as it stands without an audit: words, or the name of a value that only a finding has. */
export type MessagePart = { readonly kind: 'text' | 'param'; readonly value: string }

type Ast = ReturnType<IntlMessageFormat['getAst']>

// Kinds of elements in the syntax tree (TYPE of the ICU message parser, which does not export it at its door).
const literal = 0
const pound = 7

function partsOf(ast: Ast): MessagePart[] {
  return ast.flatMap((element): MessagePart[] => {
    if ('options' in element) return partsOf(element.options.other?.value ?? [])
    if (element.type === pound) return [{ kind: 'param', value: 'count' }]
    if (!('value' in element)) return []
    return [{ kind: element.type === literal ? 'text' : 'param', value: element.value }]
  })
}

/** An ICU message for documentation: the general branch of every choice, and the names of values where a finding has values. */
export const messageParts = (message: string, language: Language): readonly MessagePart[] =>
  partsOf(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst())

type Literals = readonly string[]
/** A message with more ways to be said than this is taken as one text. */
const MOST_WAYS = 256

function waysOf(ast: Ast): Literals[] {
  let ways: Literals[] = [[]]
  for (const element of ast) {
    const next: Literals[] =
      'options' in element
        ? Object.values(element.options).flatMap(({ value }) => waysOf(value))
        : element.type === literal
          ? [[element.value]]
          : [[]]
    // Too many: all that may be said, one after the other.
    ways =
      ways.length * next.length > MOST_WAYS
        ? [[...ways.flat(), ...next.flat()]]
        : ways.flatMap((before) => next.map((after) => [...before, ...after]))
  }
  return ways
}

/** What a message says besides its values, in each way that its choices allow. */
export const messageWays = (message: string, language: Language): readonly Literals[] =>
  waysOf(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst())
