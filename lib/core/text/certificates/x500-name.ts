import { type Element, elementsIn, oidOf, stringOf } from './der'

/** Names of attribute types as Windows prints them (CertNameToStr); others print as `OID.1.2.3`. */
const keys: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'S',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'T',
  '2.5.4.13': 'Description',
  '2.5.4.17': 'PostalCode',
  '2.5.4.18': 'POBox',
  '2.5.4.20': 'Phone',
  '2.5.4.42': 'G',
  '2.5.4.43': 'I',
  '2.5.4.46': 'dnQualifier',
  '1.2.840.113549.1.9.1': 'E',
  '0.9.2342.19200300.100.1.25': 'DC',
}

export type Attribute = { readonly key: string; readonly value: string }

/** The parts of a name as the certificate holds them, the root first. */
export const attributesOf = (name: Element): Attribute[][] =>
  elementsIn(name.content).map((rdn) =>
    elementsIn(rdn.content).flatMap((pair) => {
      const [type, value] = elementsIn(pair.content)
      if (type === undefined || value === undefined) return []
      const oid = oidOf(type.content)
      return [{ key: Object.hasOwn(keys, oid) ? (keys[oid] ?? '') : `OID.${oid}`, value: stringOf(value) }]
    }),
  )

const quoted = (value: string): string =>
  value === '' || /^\s|\s$|[,+="\n<>#;]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value

/** The name as .NET prints it: the leaf first, `, ` between parts, values with a comma or the like in quotes. */
export const printName = (name: Element): string =>
  attributesOf(name)
    .map((rdn) => rdn.map((a) => `${a.key}=${quoted(a.value)}`).join(' + '))
    .reverse()
    .join(', ')
