import { bearsName, isNamedBy, isValid, type Picked, pickCertificate } from '../../mailflow/certificate-selection'
import { type Certificate, isTrue, known, type TlsCertificateName, type Tri } from '../../model'
import { because } from '../step'
import type { NotChosen } from '../types'

/** The common name of a subject. */
export const subjectNames = (subject: string): readonly string[] | null => {
  const cn = /(?:^|,\s*)CN=("?)([^",]+)\1/i.exec(subject)?.[2]?.trim()
  return cn === undefined ? null : [cn]
}

/** Names in a certificate, subject and alternative names. */
export function namesIn(c: Certificate): readonly string[] {
  const cn = c.subject.state === 'ok' ? (subjectNames(c.subject.value) ?? []) : []
  return [...new Set([...cn, ...(known(c.certificateDomains) ?? [])])]
}

const test = (wanted: TlsCertificateName | null, host: string) => (c: Certificate) =>
  wanted ? isNamedBy(c, wanted) : bearsName(c, host)

/** What a send connector presents: only valid ones count. Source: Exchange Team Blog 4420592. */
export function pickFor(
  certificates: readonly Certificate[],
  wanted: TlsCertificateName | null,
  host: string,
  asOf: Date,
): Picked {
  const picked = pickCertificate(certificates, test(wanted, host), asOf)
  const valid = picked.certificates.filter((c) => isValid(c, asOf) !== 'no')
  return { ...picked, certificates: valid.sort((a, b) => (a.id < b.id ? -1 : 1)) }
}

/** Why the others were not presented. */
export const losersOf = (
  certificates: readonly Certificate[],
  taken: readonly Certificate[],
  wanted: TlsCertificateName | null,
  host: string,
  asOf: Date,
): readonly NotChosen[] =>
  certificates
    .filter((c) => !taken.includes(c))
    .map((c): NotChosen => {
      const named: Tri = test(wanted, host)(c)
      const keyless = isTrue(c.hasPrivateKey) === 'no'
      const valid = isValid(c, asOf)
      const reason =
        named === 'no' ? 'name-does-not-match' : keyless ? 'no-private-key' : valid === 'no' ? 'not-valid' : 'older'
      const property = {
        'name-does-not-match': c.subject,
        'no-private-key': c.hasPrivateKey,
        'not-valid': c.notAfter,
        older: c.notAfter,
      }
      const [proof] = because(property[reason])
      return { id: c.id, reason, ...(proof ? { because: proof } : {}) }
    })
