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
