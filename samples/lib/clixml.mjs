// Writes objects as Export-Clixml does for objects that Exchange Management Shell has rehydrated: type names with references, enums
// with text and number, multi-valued properties as lists, and SerializationData where a class carries it.

const escape = (t) =>
  String(t).replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_').replace(/[\0-\x1f]/g, (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export const nil = { tag: 'Nil' }
export const bool = (v) => ({ tag: 'B', v: v ? 'true' : 'false' })
export const str = (v) => ({ tag: 'S', v })
export const i32 = (v) => ({ tag: 'I32', v })
export const guid = (v) => ({ tag: 'G', v })
export const date = (v) => ({ tag: 'DT', v })
export const bytes = (buffer) => ({ tag: 'BA', v: buffer.toString('base64') })
export const enumeration = (type, textValue, number) => ({ types: [type, 'System.Enum', 'System.ValueType', 'System.Object'], text: textValue, inner: `<I32>${number}</I32>` })
export const object = (type, textValue, props = {}) => ({ types: [...[type].flat(), 'System.Object'], text: textValue, props })
export const list = (itemType, items) => ({
  types: [`Microsoft.Exchange.Data.MultiValuedProperty\`1[[${itemType}, Microsoft.Exchange.Data, Version=15.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35]]`, 'Microsoft.Exchange.Data.MultiValuedPropertyBase', 'System.Object'],
  items,
})

export function clixml(objects) {
  const typeNames = new Map()
  let refs = 0
  const lines = ['<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">']
  const members = (tag, record, pad) => {
    const entries = Object.entries(record ?? {})
    if (entries.length === 0) return
    lines.push(`${pad}<${tag}>`)
    for (const [name, value] of entries) write(value, `${pad}  `, name)
    lines.push(`${pad}</${tag}>`)
  }
  function write(value, pad, name) {
    const n = name === undefined ? '' : ` N="${escape(name)}"`
    if (value.tag === 'Nil') return lines.push(`${pad}<Nil${n} />`)
    if (value.tag) return lines.push(`${pad}<${value.tag}${n}>${escape(value.v)}</${value.tag}>`)
    lines.push(`${pad}<Obj${n} RefId="${refs++}">`)
    const key = value.types.join('|')
    if (typeNames.has(key)) lines.push(`${pad}  <TNRef RefId="${typeNames.get(key)}" />`)
    else {
      typeNames.set(key, typeNames.size)
      lines.push(`${pad}  <TN RefId="${typeNames.get(key)}">`, ...value.types.map((t) => `${pad}    <T>${escape(t)}</T>`), `${pad}  </TN>`)
    }
    if (value.items) {
      if (value.items.length === 0) lines.push(`${pad}  <LST />`)
      else {
        lines.push(`${pad}  <LST>`)
        for (const item of value.items) write(item, `${pad}    `)
        lines.push(`${pad}  </LST>`)
      }
    } else if (value.text !== undefined) lines.push(`${pad}  <ToString>${escape(value.text)}</ToString>`)
    if (value.inner) lines.push(`${pad}  ${value.inner}`)
    members('Props', value.props, `${pad}  `)
    members('MS', value.ms, `${pad}  `)
    lines.push(`${pad}</Obj>`)
  }
  for (const o of objects) write(o, '  ')
  lines.push('</Objs>', '')
  return lines.join('\n')
}

// The SerializationData of an ExchangeCertificate: a BinaryFormatter stream ([MS-NRBF]) with the fields that its other properties lack.
const u32 = (n) => {
  const b = Buffer.alloc(4)
  b.writeInt32LE(n)
  return b
}
const text7 = (t) => {
  const body = Buffer.from(t, 'utf8')
  return Buffer.concat([Buffer.from(body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7]), body])
}
const element = (id, body) => Buffer.concat([u32(id), u32(1), u32(body.length), body])
const wide = (t) => Buffer.from(`${t}\0`, 'utf16le')

/** A certificate as Windows stores it with its properties: key container (2), SHA-1 (3), friendly name (11), the DER (32). */
const storeElement = ({ der, thumbprint, friendlyName, container }) => {
  const at = 28
  const keyInfo = Buffer.concat([u32(at), u32(at + wide(container).length), u32(12), u32(32), u32(0), u32(0), u32(1), wide(container), wide('Microsoft RSA SChannel Cryptographic Provider')])
  return Buffer.concat([element(2, keyInfo), element(3, Buffer.from(thumbprint, 'hex')), element(11, wide(friendlyName)), element(32, der)])
}

export function certificateSerializationData({ der, thumbprint, friendlyName, container, selfSigned, status, rootCa, services, identity }) {
  const ns = 'Microsoft.Exchange.Management.SystemConfigurationTasks'
  const iisList = `System.Collections.Generic.List\`1[[${ns}.IisService, Microsoft.Exchange.Management, Version=15.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35]]`
  const enums = [
    ['CertificateStatus', status],
    ['CertificateAuthorityType', rootCa],
    ['AllowedServices', services],
  ]
  const store = storeElement({ der, thumbprint, friendlyName, container })
  return Buffer.concat([
    Buffer.from([0]), u32(1), u32(-1), u32(1), u32(0), // header: root 1, version 1.0
    Buffer.from([12]), u32(2), text7('Microsoft.Exchange.Management, Version=15.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35'),
    Buffer.from([5]), u32(1), text7(`${ns}.ExchangeCertificate`), u32(8),
    ...['CertData', 'SelfSigned', 'Status', 'RootCAType', 'Services', 'IISServices', 'PrivateKeyExportable', 'Identity'].map(text7),
    Buffer.from([7, 0, 4, 4, 4, 3, 0, 1]), // primitive array, primitive, three classes, system class, primitive, string
    Buffer.from([2, 1]), // of bytes; boolean
    ...enums.flatMap(([type]) => [text7(`${ns}.${type}`), u32(2)]),
    text7(iisList), Buffer.from([1]),
    u32(2),
    Buffer.from([9]), u32(3), Buffer.from([selfSigned ? 1 : 0]),
    ...enums.flatMap(([type, value], i) => [Buffer.from([5]), u32(-4 - i), text7(`${ns}.${type}`), u32(1), text7('value__'), Buffer.from([0, 8]), u32(2), u32(value)]),
    Buffer.from([9]), u32(7), Buffer.from([1]),
    Buffer.from([6]), u32(8), text7(identity),
    Buffer.from([15]), u32(3), u32(store.length), Buffer.from([2]), store,
    Buffer.from([4]), u32(7), text7(iisList), u32(3), ...['_items', '_size', '_version'].map(text7), Buffer.from([4, 0, 0]),
    text7(`${ns}.IisService[]`), u32(2), Buffer.from([8, 8]), Buffer.from([9]), u32(9), u32(0), u32(0),
    Buffer.from([7]), u32(9), Buffer.from([0]), u32(1), u32(0), Buffer.from([4]), text7(`${ns}.IisService`), u32(2),
    Buffer.from([11]),
  ])
}
