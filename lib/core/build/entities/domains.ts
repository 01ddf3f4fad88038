import { type AcceptedDomain, domainKey, type HybridConfiguration } from '../../model'
import { parseCertificateName } from '../transport-values'
import type { Make } from './make'

export const acceptedDomain: Make<AcceptedDomain> = (o, r) => ({
  ...o,
  domainName: r.map('DomainName', (v) => domainKey(String(v))),
  domainType: r.text('DomainType'),
})

/** `autod:contoso.com` marks the domain that Autodiscover is asked for (Set-HybridConfiguration, -Domains). */
export const hybridConfiguration: Make<HybridConfiguration> = (o, r) => ({
  ...o,
  features: r.list('Features'),
  domains: r.items('Domains', (d) => domainKey(d.replace(/^autod:/i, ''))),
  receivingTransportServers: r.list('ReceivingTransportServers'),
  sendingTransportServers: r.list('SendingTransportServers'),
  edgeTransportServers: r.list('EdgeTransportServers'),
  onPremisesSmartHost: r.text('OnPremisesSmartHost'),
  tlsCertificateName: r.map('TlsCertificateName', (v) => parseCertificateName(String(v))),
})
