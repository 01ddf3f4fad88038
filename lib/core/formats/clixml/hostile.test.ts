import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../limits'
import { readAll } from '../../read-all'
import { nothingSaid } from '../../reading'
import { noticeText } from '../../report/notices'
import { printClixml } from '../../testing/print-clixml'

const NS = 'http://schemas.microsoft.com/powershell/2004/04'
const objs = (inner: string) => `<Objs Version="1.1.0.1" xmlns="${NS}">\n${inner}</Objs>\n`
const connector = (name: string) => ({
  type: 'Microsoft.Exchange.Data.Directory.SystemConfiguration.ReceiveConnector',
  properties: { Identity: { text: `EX01\\${name}` }, Bindings: { list: ['0.0.0.0:25'] }, Enabled: true },
})
const good = printClixml([connector('Relay')])
/** Line of what stands in the good file. */
const lineOf = (part: string) => good.slice(0, good.indexOf(part)).split('\n').length
const own = '<Obj RefId="0"><TN RefId="0"><T>ReceiveConnector</T></TN><Props>'

/** Reads a bad file between good ones, as an audit does. */
function audit(text: string) {
  const bytes = new TextEncoder()
  const files = [
    { name: 'a.xml', bytes: bytes.encode(good) },
    { name: 'b.xml', bytes: bytes.encode(text) },
    { name: 'c.xml', bytes: bytes.encode(good.replace('Relay', 'Other')) },
  ]
  const { sources, config } = readAll(files, defaultLimits, nothingSaid, () => undefined)
  return { bad: sources[1], others: [sources[0]?.status, sources[2]?.status], config }
}

describe('bad input', () => {
  it.each<[string, string, string, { code: string; reason?: string; line: number }]>([
    [
      'a document type',
      `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n${good}`,
      'refused',
      { code: 'xml-refused', reason: 'doctype', line: 2 },
    ],
    [
      'an entity that grows',
      `<!DOCTYPE x [<!ENTITY a "${'b'.repeat(1000)}">]>${good.replace('Relay', '&a;')}`,
      'refused',
      { code: 'xml-refused', reason: 'doctype', line: 1 },
    ],
    ['an entity of nowhere', good.replace('Relay', '&a;'), 'partial', { code: 'source-cut', line: lineOf('Relay') }],
    [
      'objects in objects without end',
      objs('<Obj><LST>'.repeat(100_000)),
      'refused',
      { code: 'xml-refused', reason: 'too-deep', line: 2 },
    ],
    [
      'elements in elements without end',
      objs('<x>'.repeat(1000)),
      'refused',
      { code: 'xml-refused', reason: 'too-deep', line: 2 },
    ],
    [
      'a million children',
      objs(`${own}\n${'<Nil N="a"/>'.repeat(1_000_002)}`),
      'refused',
      { code: 'xml-refused', reason: 'too-long', line: 3 },
    ],
    [
      'a value of 17 MB',
      objs(`${own}\n<S N="Banner">${'x'.repeat(17 * 1024 ** 2)}</S></Props></Obj>`),
      'refused',
      { code: 'xml-refused', reason: 'too-long', line: 3 },
    ],
    [
      'a value of 17 MB in pieces',
      objs(`${own}\n<S N="Banner">${`${'x'.repeat(1024 ** 2)}<!-- -->`.repeat(17)}</S></Props></Obj>`),
      'refused',
      { code: 'xml-refused', reason: 'too-long', line: 3 },
    ],
    [
      'a name of 17 MB',
      objs(`${own}\n<S N="${'x'.repeat(17 * 1024 ** 2)}">a</S></Props></Obj>`),
      'refused',
      { code: 'xml-refused', reason: 'too-long', line: 3 },
    ],
    [
      'a cut inside a tag',
      good.slice(0, good.indexOf('N="Enabled"')),
      'partial',
      { code: 'source-cut', line: lineOf('N="Enabled"') },
    ],
    ['a picture behind it', `${good}\u0089PNG`, 'partial', { code: 'source-cut', line: good.split('\n').length }],
  ])('%s', (_, text, status, { code, reason, line }) => {
    const { bad, others, config } = audit(text)
    expect(others).toEqual(['parsed', 'parsed'])
    expect(config.receiveConnectors.filter((c) => c.place.source !== 's2')).toHaveLength(2)
    expect(bad?.status).toBe(status)
    const notice = bad?.notices.find((n) => n.code === code)
    expect([notice?.line, notice?.params?.reason]).toEqual([line, reason])
    for (const lang of ['en', 'de'] as const) {
      const { message, remedy } = notice ? noticeText(notice, lang) : { message: '', remedy: '' }
      expect([message.length > 20, remedy.length > 20, /[{}]/.test(message + remedy)]).toEqual([true, true, false])
    }
    if (status === 'refused') expect(bad?.blocks).toEqual([])
  })

  it('objects that refer to each other in a circle', () => {
    const text = objs(
      `${own}<Obj N="Bindings" RefId="1"><LST><Ref RefId="1" /><Ref RefId="0" /></LST></Obj><Ref N="Self" RefId="0" /><S N="Identity">EX01\\Loop</S><S N="Enabled">True</S></Props></Obj>`,
    )
    const { bad, config } = audit(text)
    expect(bad?.status).toBe('parsed')
    const loop = config.receiveConnectors.find((c) => c.name === 'Loop')
    expect([loop?.bindings.state, loop?.properties.Self?.state]).toEqual(['unusable', 'unusable'])
  })

  it('two million references', () => {
    const { bad, others } = audit(objs(`${own}${'<Ref N="a" RefId="5"/>'.repeat(400_000)}</Props></Obj>`))
    expect([bad?.status, others]).toEqual(['parsed', ['parsed', 'parsed']])
    const many = Array.from(
      { length: 2100 },
      (_, i) => `<Obj RefId="${i}"><LST>${'<Obj RefId="9"/>'.repeat(1000)}</LST></Obj>`,
    )
    const { bad: numbered } = audit(objs(many.join('')))
    expect([numbered?.status, numbered?.notices[0]?.params?.reason]).toEqual(['refused', 'too-long'])
  })

  it('bytes that claim to be a certificate and its services', () => {
    const type = 'Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate'
    const claims = [
      Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff),
      Uint8Array.from([0, ...Array(16).fill(0), 6, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x7f]),
      Uint8Array.from([0, ...Array(16).fill(0), 7, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 2]),
      new Uint8Array(300_000),
    ]
    for (const bytes of claims) {
      const object = { type, properties: { RawData: { bytes } }, members: { SerializationData: { bytes } } }
      const { bad, others, config } = audit(printClixml([object]))
      expect([bad?.status, others]).toEqual(['parsed', ['parsed', 'parsed']])
      expect(config.certificates).toEqual([])
    }
  })

  it('XML of other kinds is not read, and named', () => {
    const looksLike = (text: string) => {
      const notice = audit(text).bad?.notices[0]
      return [notice?.code, notice?.params?.looksLike]
    }
    expect(
      looksLike(
        '<?xml version="1.0" encoding="utf-8"?><Objects><Object Type="X"><Property Name="Bindings"/></Object></Objects>',
      ),
    ).toEqual(['not-recognised', 'convertto-xml'])
    expect(looksLike('<!DOCTYPE html><html><body><table><tr><td>Bindings</td></tr></table></body></html>')[1]).toBe(
      'html',
    )
  })
})
