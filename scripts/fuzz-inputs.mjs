// What the fuzzer feeds: the examples of the formats, the fixtures and the sample organisation, damaged. Input `index` of a seed is
// always the same.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { zipSync } from 'fflate'
import { root } from './lib.mjs'

export const MAX_BYTES = 1_000_000

/** mulberry32: small, and good enough to choose damage. */
export function randomOf(seed, index) {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n) => Math.floor(next() * n)
  return { next, below, pick: (list) => list[below(list.length)], chance: (p) => next() < p }
}

function* filesUnder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) yield* filesUnder(file)
    else if (!/\.ts$|^expected\.json$/.test(entry.name) && statSync(file).size <= MAX_BYTES) yield file
  }
}

const examples = () =>
  readdirSync(path.join(root, 'lib/core/formats'), { withFileTypes: true })
    .filter((f) => f.isDirectory() && existsSync(path.join(root, 'lib/core/formats', f.name, 'examples')))
    .map((f) => path.join('lib/core/formats', f.name, 'examples'))
    .sort()

export const corpus = () =>
  [...examples(), 'lib/core/fixtures', 'samples/contoso']
    .flatMap((folder) => [...filesUnder(path.join(root, folder))])
    .map((file) => ({ name: path.basename(file), bytes: readFileSync(file) }))

const tokens = [
  ...['<Objs ', '</Obj>', '<!DOCTYPE a [<!ENTITY b "c">]>', '<Ref RefId="0" />', '<TNRef RefId="9" />', '<Nil />'],
  ...['<S N="__proto__">x</S>', '<BA N="RawData">MIIB</BA>', '<LST><S>', '_x000A_', '_xD800_', '&#x0;', '&amp;lt;'],
  ...[
    'System.String[]',
    '{...}',
    '{a, b...}',
    '\u2026',
    ' : ',
    'Name : x',
    '__proto__ : x',
    'constructor,',
    'toString',
  ],
  ...[
    '[PS] C:\\>Get-ReceiveConnector | fl\n',
    'PS C:\\> ',
    '>> ',
    '> ',
    '[ex01]: PS C:\\>',
    '----  ----\n',
    '\n\n',
    '\n',
  ],
  ...[
    '**********************\n',
    'Set-ReceiveConnector EX01\\Relay -Bindings ',
    'New-SendConnector `\n',
    '@{',
    '@("',
    "@'\n",
  ],
  ...['#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n'],
  ...['2026-11-20T08:00:01.000Z,EX01\\R,08DE27A1B3C4D5E6,0,192.0.2.1:25,10.0.0.9:1,+,,\n', '#TYPE Selected.X\n'],
  ...[
    'Received: from a\n b\n',
    'X-MS-Exchange-Organization-AuthAs: Internal\n',
    '"',
    "'",
    '`',
    '\u201c',
    '\u2013',
    ';',
    '\t',
  ],
  ...[
    '{"value":[',
    '"@odata.context":"x",',
    '[null]',
    '/Date(1600000000000)/',
    '1e999',
    '-0',
    '\\u0000',
    '9'.repeat(400),
  ],
  ...['\0', '\ufeff', '\u00a0', '\u2028', '\u200b', '\r', '\x1b[32;1m', '[0m', '\ud800', '\uffff', '\u0300'.repeat(50)],
  ...[
    '0.0.0.0-255.255.255.255',
    '::/0',
    '1.2.3.4/99',
    'smtp:*;1',
    '<I>CN=a<S>CN=b',
    '31.02.2026 25:61:61',
    '11/12/2026',
  ],
]

/** Parts that make a careless expression or loop take long. */
const repeated = [
  ...[
    ' ',
    '\t',
    '\n',
    '-',
    '- ',
    '"',
    '"a',
    '{',
    '[',
    '(',
    '((',
    ',',
    'a,',
    ', ',
    ';',
    '>',
    '> ',
    '`\n',
    ':',
    ' : ',
    '.',
    '...',
  ],
  ...[
    '<Obj>',
    '<Obj RefId="1"><MS>',
    '</Obj>',
    '&',
    'a : b\n',
    'a: b\n',
    'Received: x\n',
    'Name : {\n',
    '1.',
    '0:',
    '[[',
    '{"a":',
  ],
  ...[
    'Set-SendConnector X -A "\n',
    'Set-SendConnector X -A (',
    'Get-X | ',
    '| Set-SendConnector -A b ',
    "Set-SendConnector X -A @'\n",
    'Set-SendConnector X -A a,\n',
    '*',
    '=',
    '<I>',
    '<S>',
    '\ufeff',
    '\r',
    '\u0000a',
    'Ã¤',
    '_x',
  ],
  ...[
    '2026-11-20T08:00:01.000Z,a,08DE27A1B3C4D5E6,0,,,+,,\n',
    'a  b  c\n-  -  -\n',
    'IP.WS..\n',
    'W/"',
    '\\',
    '\\"',
    '  ',
    '|',
  ],
]

const place = (r, bytes) => r.below(bytes.length + 1)
const joined = (...parts) => Buffer.concat(parts).subarray(0, MAX_BYTES)
const insert = (bytes, at, what) => joined(bytes.subarray(0, at), what, bytes.subarray(at))
const asText = (change) => (r, bytes) => Buffer.from(change(r, bytes.toString('latin1')), 'latin1')
const perLine = (change) =>
  asText((r, text) =>
    text
      .split('\n')
      .map((l, i) => change(r, l, i))
      .join('\n'),
  )
const utf16 = (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le')

const damages = {
  flipBits: (r, bytes) => {
    const out = Buffer.from(bytes)
    for (let n = 1 + r.below(8); n > 0 && out.length > 0; n--) out[r.below(out.length)] ^= 1 << r.below(8)
    return out
  },
  setBytes: (r, bytes) => {
    const out = Buffer.from(bytes)
    const at = place(r, out)
    out.fill(r.below(256), at, Math.min(out.length, at + 1 + r.below(40)))
    return out
  },
  cutEnd: (r, bytes) => bytes.subarray(0, place(r, bytes)),
  cutBeginning: (r, bytes) => bytes.subarray(place(r, bytes)),
  cutMiddle: (r, bytes) => {
    const at = place(r, bytes)
    return joined(bytes.subarray(0, at), bytes.subarray(at + r.below(2000)))
  },
  splice: (r, bytes, all) => {
    const other = r.pick(all).bytes
    const from = place(r, other)
    return insert(bytes, place(r, bytes), other.subarray(from, from + r.below(20_000)))
  },
  append: (r, bytes, all) => joined(bytes, Buffer.from('\n'), r.pick(all).bytes),
  repeatPart: (r, bytes) => {
    const at = place(r, bytes)
    const part = bytes.subarray(at, at + 1 + r.below(3000))
    const times = Math.min(1 + r.below(200), Math.floor(400_000 / (part.length + 1)))
    return insert(bytes, at, Buffer.concat(Array(times).fill(part)))
  },
  token: (r, bytes) => insert(bytes, place(r, bytes), Buffer.from(r.pick(tokens))),
  tokens: (r, bytes) => {
    let out = bytes
    for (let n = 2 + r.below(10); n > 0; n--) out = insert(out, place(r, out), Buffer.from(r.pick(tokens)))
    return out
  },
  repeatToken: (r, bytes) => {
    const part = r.pick(repeated)
    const times = Math.floor((r.chance(0.2) ? 500_000 : 20_000) / part.length)
    return insert(bytes, place(r, bytes), Buffer.from(part.repeat(1 + r.below(times))))
  },
  utf16: (_r, bytes) => joined(Buffer.from([0xff, 0xfe]), utf16(bytes)),
  utf16WithoutMark: (_r, bytes) => utf16(bytes).subarray(0, MAX_BYTES),
  utf16Big: (_r, bytes) => joined(Buffer.from([0xfe, 0xff]), utf16(bytes).swap16()),
  utf16Appended: (r, bytes, all) => joined(bytes, utf16(r.pick(all).bytes.subarray(0, 100_000))),
  latin1: (_r, bytes) => Buffer.from(bytes.toString('utf8'), 'latin1'),
  twiceUtf8: (_r, bytes) => Buffer.from(bytes.toString('latin1'), 'utf8').subarray(0, MAX_BYTES),
  lineEnds: asText((r, text) => text.replaceAll('\n', r.pick(['\r\n', '\r', '\r\r\n', '\n\n', ' ', '']))),
  quoted: perLine((_r, line) => `> ${line}`),
  indented: perLine((_r, line) => `    ${line}`),
  trimmed: perLine((_r, line) => line.trimEnd()),
  oneBlank: asText((_r, text) => text.replace(/ {2,}/g, ' ')),
  tabs: asText((_r, text) => text.replace(/ {2,}/g, '\t')),
  narrow: perLine((r, line) => (line.length > 60 && r.chance(0.3) ? `${line.slice(0, 60)}\n${line.slice(60)}` : line)),
  dropLines: perLine((r, line) => (r.chance(0.1) ? '' : line)),
  shuffleLines: asText((r, text) => {
    const lines = text.split('\n')
    for (let n = Math.min(50, lines.length); n > 0; n--) {
      const [a, b] = [r.below(lines.length), r.below(lines.length)]
      ;[lines[a], lines[b]] = [lines[b], lines[a]]
    }
    return lines.join('\n')
  }),
  digits: asText((r, text) => text.replace(/\d/g, (d) => (r.chance(0.05) ? String(r.below(10)) : d))),
}

const names = [
  'EX01.txt',
  'receive.xml',
  'a.csv',
  'a.json',
  'FrontEnd/SmtpReceive/RECV2026112008-1.LOG',
  'headers.eml',
  'x.ps1',
  '',
]

/** A zip of some files, whose container may be damaged afterwards. */
function zipped(r, bytes, all) {
  const members = {}
  for (let n = 1 + r.below(5); n > 0; n--)
    members[r.pick(['a/b.txt', 'manifest.json', '../up.txt', 'a.zip', 'ä.xml', 'x', 'a/'])] = r
      .pick(all)
      .bytes.subarray(0, 200_000)
  members['main.txt'] = bytes
  if (r.chance(0.3)) members['manifest.json'] = Buffer.from(manifest(r))
  const out = Buffer.from(zipSync(members, { level: r.pick([0, 6]) }))
  return r.chance(0.6)
    ? damages[r.pick(['flipBits', 'setBytes', 'cutEnd', 'cutMiddle', 'repeatPart', 'token'])](r, out, all)
    : out
}

const manifest = (r) =>
  JSON.stringify({
    postern: r.pick([1, 2, '1', null]),
    collectedAt: r.pick(['2026-11-20T08:00:00Z', 'x', 7]),
    computer: r.pick(['EX01', null, '']),
    mode: r.pick(['on-premises', 'edge', 'exchange-online', 'else']),
    files: r.pick([
      [{ path: 'main.txt', command: 'Get-ReceiveConnector', server: 'EX01', takenAt: 'x', error: null }],
      [{ path: 'gone.xml', command: 'Get-X', error: 'no' }],
      [null, 1, 'x', {}],
      {},
      'x',
    ]),
  })

function answersOf(r, name) {
  const answers = {}
  if (r.chance(0.15))
    answers[`encoding:${name}`] = r.pick(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'cp850', 'cp437', 'x'])
  if (r.chance(0.1)) answers[`mojibake:${name}`] = 'repair'
  if (r.chance(0.1))
    answers[`format:${name}`] = r.pick([
      ...['format-list', 'format-table', 'csv', 'json', 'clixml', 'command-text', 'headers', 'smtp-log', 'ignore', 'x'],
    ])
  if (r.chance(0.05)) answers['date-order'] = r.pick(['day-first', 'month-first'])
  if (r.chance(0.05)) answers[`server:${name}`] = r.pick(['EX01', 'ex01.contoso.com', ''])
  return answers
}

/** Input number `index`: a file of the corpus, or a part of it, with one to five damages. */
export function inputOf(seed, index, all) {
  const r = randomOf(seed, index)
  const base = r.pick(all)
  let bytes = base.bytes
  // Most of what can go wrong goes wrong in a small file too, and that is faster.
  if (bytes.length > 30_000 && r.chance(0.7)) bytes = bytes.subarray(0, 2000 + r.below(28_000))
  const applied = []
  for (let n = 1 + r.below(5); n > 0; n--) {
    const name = r.pick(Object.keys(damages))
    bytes = damages[name](r, Buffer.from(bytes), all)
    applied.push(name)
  }
  if (r.chance(0.12)) {
    bytes = zipped(r, bytes.subarray(0, 300_000), all)
    applied.push('zipped')
  }
  const name = r.chance(0.5) ? base.name : r.pick(names)
  return {
    name,
    bytes: Uint8Array.from(bytes.subarray(0, MAX_BYTES)),
    answers: answersOf(r, name),
    origin: base.name,
    applied,
  }
}
