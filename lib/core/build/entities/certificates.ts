import type { Certificate } from '../../model'
import type { Make } from './make'

/** Exchange prints the alternative names as they stand in the certificate; names of hosts know no case. */
export const certificate: Make<Certificate> = (o, r) => ({
  ...o,
  thumbprint: o.name,
  subject: r.text('Subject'),
  issuer: r.text('Issuer'),
  certificateDomains: r.list('CertificateDomains'),
  notBefore: r.text('NotBefore'),
  notAfter: r.text('NotAfter'),
  services: r.list('Services'),
  status: r.text('Status'),
  rootCAType: r.text('RootCAType'),
  isSelfSigned: r.flag('IsSelfSigned'),
  hasPrivateKey: r.flag('HasPrivateKey'),
})
