import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic, FormatId, RawBlock } from '../model'
import { decodeText } from '../text'
import { formats } from '.'
import type { Format } from './define-format'
import { detectFormat, readersOf } from './detect'
import { looksLike } from './looks-like'

/** Every format lives by these rules; its examples are the files in its folder `examples`. */
const here = import.meta.dirname
const examplesOf = (f: Format): { name: string; text: string }[] => {
  const folder = path.join(here, f.id, 'examples')
  return readdirSync(folder).map((name) => ({
    name,
    text: readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n'),
  }))
}
const cases = formats.flatMap((f) => examplesOf(f).map((e) => ({ id: f.id, format: f, ...e })))

function read(format: Format, bytes: Uint8Array): { blocks: readonly RawBlock[]; notices: Diagnostic[]; text: string } {
  const { text } = decodeText(bytes)
  const notices: Diagnostic[] = []
  return { blocks: format.parse({ id: 's1', name: 'x', text }, (d) => notices.push(d)), notices, text }
}
const linesOf = ([from, to]: readonly [number, number]): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** Formats are for objects of a known kind, but for these. Logs and messages are of no kind. */
const givesObjects = (b: RawBlock) => b.collection !== null && b.objects.length > 0 && b.log === undefined
const gives: Readonly<Partial<Record<FormatId, (b: RawBlock) => boolean>>> = {
  'command-text': (b) => givesObjects(b) && b.intended === true && b.command !== null,
  headers: (b) => b.collection === null && b.objects.some((o) => o.properties.length > 0),
  'smtp-log': (b) => b.collection === null && b.objects.length === 0 && (b.log?.records ?? 0) > 0,
}

const utf8 = (s: string) => new TextEncoder().encode(s)
const utf16 = (s: string) => new Uint8Array(Buffer.from(s, 'utf16le'))

it('every format has examples', () => {
  expect(formats.length).toBeGreaterThan(0)
  for (const f of formats) expect([f.id, examplesOf(f).length > 0]).toEqual([f.id, true])
})

describe.each(cases)('$id: $name', ({ format, text }) => {
  const plain = read(format, utf8(text))

  it('is recognised without its name, and by no format of whole texts', () => {
    expect(readersOf(formats, text, '').map((f) => f.id)).toContain(format.id)
    for (const other of formats) {
      if (other === format || (other.extent !== 'document' && format.extent !== 'document')) continue
      expect([other.id, other.detect(text, '') < 0.5]).toEqual([other.id, true])
    }
  })

  it('is read once: no other format takes its lines', () => {
    const taken = new Set(plain.blocks.flatMap((b) => b.objects.flatMap((o) => linesOf(o.lines))))
    for (const other of readersOf(formats, text, '')) {
      if (other === format) continue
      const lines = read(other, utf8(text)).blocks.flatMap((b) => b.objects.flatMap((o) => linesOf(o.lines)))
      expect([other.id, lines.filter((l) => taken.has(l))]).toEqual([other.id, []])
    }
  })

  it('gives what the format is for', () => {
    expect(plain.blocks.every((b) => b.format === format.id)).toBe(true)
    expect(plain.blocks.some(gives[format.id] ?? givesObjects)).toBe(true)
  })

  it.each<[string, (s: string) => Uint8Array]>([
    ['CRLF', (s) => utf8(s.replaceAll('\n', '\r\n'))],
    ['UTF-8 with mark', (s) => utf8(`\ufeff${s}`)],
    ['UTF-16LE with mark', (s) => utf16(`\ufeff${s.replaceAll('\n', '\r\n')}`)],
    ['UTF-16LE without mark', (s) => utf16(s)],
  ])('gives the same values in %s', (_, encode) => {
    const other = read(format, encode(text))
    expect([other.blocks, other.notices]).toEqual([plain.blocks, plain.notices])
  })

  it('parses cut anywhere, and every place lies inside', () => {
    fc.assert(
      fc.property(fc.nat(text.length), (cut) => {
        const { blocks, notices, text: decoded } = read(format, utf8(text.slice(0, cut)))
        const count = decoded.split('\n').length
        for (const x of [
          ...blocks,
          ...blocks.flatMap((b) => b.objects),
          ...blocks.flatMap((b) => b.objects.flatMap((o) => o.properties)),
        ]) {
          expect(x.lines[0] >= 1 && x.lines[0] <= x.lines[1] && x.lines[1] <= count).toBe(true)
        }
        for (const n of notices) expect((n.line ?? 1) <= count).toBe(true)
      }),
      { numRuns: 150 },
    )
  })
})

const foreign: Readonly<Record<string, string>> = {
  text: 'Milk\nEggs: a dozen\nBread - two\n\nButter\n',
  'property-list': 'Milk   : 2\nEggs   : 12\nBread  : 1\n',
  html: '<!DOCTYPE html><html><body><p>Bindings : {0.0.0.0:25}</p></body></html>',
  xml: '<?xml version="1.0"?><ArrayOfConnector><Connector/></ArrayOfConnector>',
  json: '[{"DisplayName":"Reception","PrimarySmtpAddress":"reception@contoso.com","Database":"DB01"}]',
  csv: '"DisplayName","PrimarySmtpAddress","Database"\n"Reception","reception@contoso.com","DB01"\n',
  'smtp-log': '2026-11-20T08:00:01.000Z,EX01\\Relay,08DE27A1B3C4D5E6,0,192.0.2.10:25,10.0.0.9:4711,+,,\n',
  'message-tracking-log':
    '#Software: Microsoft Exchange Server\n#Log-type: Message Tracking Log\n#Fields: date-time,client-ip\n',
  'exchange-log': '#Software: Microsoft Exchange Server\n#Log-type: Pipeline Tracing Log\n',
  headers: 'Received: from mail.example.net (192.0.2.1) by ex01.contoso.com\n',
  'format-table':
    'Identity   DeliveryType Status NextHopDomain\n--------   ------------ ------ -------------\nEX01\\3     SmtpRelay    Ready  hub\n',
  'command-text': 'Set-ReceiveConnector "EX01\\Relay"\n',
  certificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
  binary: `\u0089PNG\u0000\u0001\u0002\u0003${'\u0001\u0002'.repeat(50)}`,
}

it.each(Object.entries(foreign))('nobody claims %s, and its kind is named', (kind, text) => {
  expect(detectFormat(formats, text, 'receive-connectors.txt')).toBeUndefined()
  expect(looksLike(text)).toBe(kind)
})

it('detectors and parsers never throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const f of formats) {
        const score = f.detect(text, '')
        expect(score >= 0 && score <= 1).toBe(true)
        f.parse({ id: 's1', name: 'x', text }, () => undefined)
      }
      looksLike(text)
    }),
    { numRuns: 500 },
  )
})
