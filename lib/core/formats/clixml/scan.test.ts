import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { Broken, Refused, resolveEntities, Scanner } from './scan'

type Event = readonly string[]

/** Events of a whole text; pieces of text that follow each other are one. */
function scan(text: string): { events: Event[]; end: string } {
  const events: string[][] = []
  const addText = (part: string) => {
    const last = events[events.length - 1]
    if (last?.[0] === 'text') last[1] += part
    else if (part !== '') events.push(['text', part])
  }
  const scanner = new Scanner(text, {
    open: (tag, a, line) => events.push(['open', tag, a.N ?? '-', a.RefId ?? '-', a.S ?? '-', String(line)]),
    text: (part) => addText(resolveEntities(part)),
    close: (line) => events.push(['close', String(line)]),
  })
  try {
    const isDocument = scanner.document()
    const rest = isDocument ? scanner.document() : false
    return { events, end: isDocument && !rest ? 'done' : 'other' }
  } catch (error) {
    if (error instanceof Broken) return { events, end: 'broken' }
    if (error instanceof Refused) return { events, end: error.message }
    throw error
  }
}

/** The same by a parser for all of XML. */
function parse(text: string): { events: Event[]; end: string } {
  const events: string[][] = []
  const parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true })
  let failed = false
  let depth = 0
  let startLine = 1
  parser.on('error', () => {
    failed = true
  })
  const addText = (part: string) => {
    if (depth === 0) return
    const last = events[events.length - 1]
    if (last?.[0] === 'text') last[1] += part
    else if (part !== '') events.push(['text', part])
  }
  parser.on('opentagstart', () => {
    startLine = parser.line
  })
  parser.on('opentag', (tag) => {
    depth++
    const a = tag.attributes
    events.push(['open', tag.name, a.N ?? '-', a.RefId ?? '-', a.S ?? '-', String(startLine)])
  })
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    depth--
    events.push(['close', String(parser.line)])
  })
  parser.write(text).close()
  return { events, end: failed ? 'broken' : 'done' }
}

const name = fc.constantFrom('Objs', 'Obj', 'S', 'Props', 'B', 'LST', 'T')
const content = fc.constantFrom(
  '',
  'x',
  ' ',
  '\n',
  '&amp;',
  '&lt;a&gt;',
  '&#65;&#x1F600;',
  'ä',
  'a\nb',
  '<!-- > -->',
  '<![CDATA[<&>]]>',
  '<?p x?>',
)
const attribute = fc.constantFrom(
  '',
  ' N="a"',
  ' N=\'a "b"\' RefId="0"',
  ' S = "Error"',
  ' Version="1.1.0.1"',
  ' N="&quot;&#10;>"',
  ' N="a" ',
)
const tree = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(name, attribute, fc.array(fc.oneof({ maxDepth: 3 }, content, tie('element')), { maxLength: 4 }))
    .map(([n, a, parts]) => (parts.length === 0 ? `<${n}${a}/>` : `<${n}${a}>${parts.join('')}</${n}>`)),
})).element

describe('the scanner', () => {
  it('gives what a parser for all of XML gives', () => {
    fc.assert(
      fc.property(fc.constantFrom('', '<?xml version="1.0"?>', '\n'), tree, (prologue, xml) => {
        // Attributes with line ends apart: parsers normalise these, and CLIXML has none.
        expect(scan(prologue + xml)).toEqual(parse(prologue + xml))
      }),
      { numRuns: 1000 },
    )
  })

  it('breaks off nowhere else than that parser, and nothing makes it throw', () => {
    fc.assert(
      fc.property(
        tree,
        fc.nat(),
        fc.constantFrom('', '<', '</S>', '<S>', '&', '"', '<x', '/>'),
        (xml, where, insert) => {
          const at = where % (xml.length + 1)
          const damaged = xml.slice(0, at) + insert + xml.slice(at + (insert === '' ? 1 : 0))
          const [own, other] = [scan(damaged), parse(damaged)]
          if (other.end === 'done') expect(own).toEqual(other)
        },
      ),
      { numRuns: 3000 },
    )
  })

  it.each([
    '<Objs><S></Objs>',
    '<Objs><S>',
    '<Objs',
    '<Objs N="a>',
    '</Objs>',
    'x<Objs/>',
    '<Objs N=a/>',
    '<Objs><![CDATA[x</Objs>',
    '<Objs><!-- x</Objs>',
  ])('sees the damage of %s', (xml) => expect([scan(xml).end, parse(xml).end]).toEqual(['broken', 'broken']))

  it.each([
    '<Objs>&bomb;</Objs>',
    '<Objs>a & b</Objs>',
    '<Objs N="&x;"/>',
  ])('knows no entities of a document: %s', (xml) => expect(scan(xml).end).toBe('broken'))

  it.each(['<!DOCTYPE a><Objs/>', '<Objs><!ENTITY a "b"></Objs>'])('refuses %s', (xml) =>
    expect(scan(xml).end).toBe('doctype'))
})
