import { ask } from './powershell'

/** The name in the certificate of the other side, which no export shows. */
export const askTlsDomain = ask('tls-domain', {
  en: 'Name in the certificate of the receiving server, in quotes, for example the host name of its MX',
  de: 'Name im Zertifikat des empfangenden Servers, in Anführungszeichen, zum Beispiel der Hostname seines MX',
})

/** What to enter instead of addresses: no export shows by which names the hosts are called. */
export const askSmartHosts = ask('smart-hosts', {
  en: 'Host names of the smart hosts as their certificates bear them, each in quotes, with commas between them',
  de: 'Hostnamen der Smarthosts, wie ihre Zertifikate sie nennen, je in Anführungszeichen und durch Kommas getrennt',
})
