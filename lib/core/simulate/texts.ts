import type { TraceStage } from './stage-names'

type Text = { readonly en: string; readonly de: string }
const text = (en: string, de: string): Text => ({ en, de })

/** One sentence for each decision of each stage; `{name}` stands for a parameter of the step, `{chosen}` for what it chose. */
export const decisions = {
  'connector-selection': {
    'own-server': text(
      'From which address {client} connects is not exported; {chosen} is the connector that takes own servers by default.',
      'Von welcher Adresse {client} kommt, steht in keinem Export; {chosen} ist der Connector, der eigene Server standardmäßig annimmt.',
    ),
    'any-address': text(
      'The address is not known; {chosen} takes every address.',
      'Die Adresse ist nicht bekannt; {chosen} nimmt jede Adresse an.',
    ),
    selected: text(
      '{chosen} answers: {range} is the narrowest range around {address} on port {port}.',
      '{chosen} antwortet: {range} ist der engste Bereich um {address} an Port {port}.',
    ),
    none: text(
      'No connector of {server} takes {address} on port {port}.',
      'Kein Connector von {server} nimmt {address} an Port {port} an.',
    ),
    'equal-ranges': text(
      '{count} connectors take {address} with the same range; which of them answers is not documented.',
      '{count} Connectors nehmen {address} mit demselben Bereich an; welcher antwortet, ist nicht dokumentiert.',
    ),
    'crossing-ranges': text(
      '{count} connectors take {address} with ranges that cross; which of them answers is not documented.',
      '{count} Connectors nehmen {address} mit sich überschneidenden Bereichen an; welcher antwortet, ist nicht dokumentiert.',
    ),
    'transport-role-conflict': text(
      '{count} connectors of different transport roles share port {port}: the service that starts first gets it.',
      '{count} Connectors verschiedener Transportrollen teilen sich Port {port}: Der zuerst gestartete Dienst erhält ihn.',
    ),
    'not-certain': text(
      'It cannot be told which connector of {server} takes {address}: not everything about them was exported.',
      'Welcher Connector von {server} die Adresse {address} annimmt, lässt sich nicht sagen: Es wurde nicht alles exportiert.',
    ),
    'address-not-known': text(
      'The address from which the session comes is not known.',
      'Die Adresse, von der die Sitzung kommt, ist nicht bekannt.',
    ),
    'nobody-listens': text(
      'No connector of {server} listens on port {port} for {address}: there is no connection.',
      'Kein Connector von {server} lauscht an Port {port} für {address}: Es kommt keine Verbindung zustande.',
    ),
    'local-address-not-said': text(
      'Every connector on port {port} of {server} is bound to a local address, and none was given.',
      'Jeder Connector an Port {port} von {server} ist an eine lokale Adresse gebunden, und es wurde keine angegeben.',
    ),
    'any-internet-address': text(
      'No address was given: {address} stands for the Internet, outside every narrower range.',
      'Es wurde keine Adresse angegeben: {address} steht für das Internet, außerhalb aller engeren Bereiche.',
    ),
    'server-not-said': text(
      '{count} servers listen on port {port}, and they do not answer alike.',
      '{count} Server lauschen an Port {port}, und sie antworten nicht gleich.',
    ),
    'connectors-not-exported': text(
      'No receive connector of this server is in the files.',
      'In den Dateien steht kein Empfangsconnector dieses Servers.',
    ),
  },
  tls: {
    'name-refused': text(
      'The other side does not show a valid certificate for {name}, which {connector} expects: nothing is delivered.',
      'Die Gegenseite legt kein gültiges Zertifikat für {name} vor, das {connector} erwartet: Nichts wird zugestellt.',
    ),
    encrypted: text('The session is encrypted with STARTTLS.', 'Die Sitzung wird mit STARTTLS verschlüsselt.'),
    'not-used': text('The client does not use TLS.', 'Der Client nutzt kein TLS.'),
    'not-offered': text(
      'STARTTLS is not offered; the session stays in clear text.',
      'STARTTLS wird nicht angeboten; die Sitzung bleibt unverschlüsselt.',
    ),
    'not-certain': text(
      'Whether the session is encrypted cannot be told.',
      'Ob die Sitzung verschlüsselt ist, lässt sich nicht sagen.',
    ),
    required: text(
      'The connector requires TLS, and the session has none.',
      'Der Connector verlangt TLS, und die Sitzung hat keines.',
    ),
    'requirement-not-known': text(
      'Whether the connector requires TLS (RequireTLS) was not exported.',
      'Ob der Connector TLS verlangt (RequireTLS), wurde nicht exportiert.',
    ),
    contradicts: text(
      '{connector} requires TLS and ignores STARTTLS at once: nothing is delivered.',
      '{connector} verlangt TLS und ignoriert zugleich STARTTLS: Nichts wird zugestellt.',
    ),
    'send-never': text('{connector} never uses TLS.', '{connector} nutzt nie TLS.'),
    'send-required': text('{connector} sends with TLS only.', '{connector} sendet nur mit TLS.'),
    'send-if-offered': text(
      '{connector} uses TLS where the other side offers it.',
      '{connector} nutzt TLS, wenn die Gegenseite es anbietet.',
    ),
  },
  certificate: {
    'named-expired': text(
      'The certificate in TlsCertificateName is no longer valid on {server}.',
      'Das Zertifikat in TlsCertificateName ist auf {server} nicht mehr gültig.',
    ),
    shown: text('{chosen} is shown: it carries {name}.', '{chosen} wird vorgelegt: Es trägt {name}.'),
    'shown-without-smtp': text(
      '{chosen} is chosen although it is not assigned to SMTP; the handshake may fail.',
      '{chosen} wird gewählt, obwohl es SMTP nicht zugewiesen ist; der Handshake kann scheitern.',
    ),
    'shown-expired': text(
      '{chosen} is shown although it has expired: there is no other for {name}.',
      '{chosen} wird vorgelegt, obwohl es abgelaufen ist: Ein anderes für {name} gibt es nicht.',
    ),
    'sources-disagree': text(
      '{count} certificates answer to the name; Microsoft’s own texts disagree on which is taken.',
      '{count} Zertifikate passen zum Namen; Microsofts Texte widersprechen sich, welches genommen wird.',
    ),
    'perhaps-none': text(
      'It is not certain that {chosen} answers to {name}.',
      'Es ist nicht sicher, dass {chosen} zu {name} passt.',
    ),
    none: text(
      'No usable certificate carries {name}: STARTTLS is not offered.',
      'Kein brauchbares Zertifikat trägt {name}: STARTTLS wird nicht angeboten.',
    ),
    'name-not-usable': text(
      'TlsCertificateName is not a pair of issuer and subject, so no certificate is found.',
      'TlsCertificateName ist kein Paar aus Aussteller und Antragsteller, daher wird kein Zertifikat gefunden.',
    ),
    'tls-not-enabled': text(
      'The connector does not offer TLS (AuthMechanism).',
      'Der Connector bietet kein TLS an (AuthMechanism).',
    ),
    'not-known': text(
      'Which certificate is used cannot be told from the files.',
      'Welches Zertifikat verwendet wird, lässt sich aus den Dateien nicht sagen.',
    ),
    presented: text('{chosen} is presented to the other side.', '{chosen} wird der Gegenseite vorgelegt.'),
    'named-not-found': text(
      'TlsCertificateName names a certificate that {server} does not have.',
      'TlsCertificateName nennt ein Zertifikat, das {server} nicht hat.',
    ),
    'none-for-name': text(
      'No certificate of {server} carries {host}; none is presented.',
      'Kein Zertifikat von {server} trägt {host}; es wird keines vorgelegt.',
    ),
  },
  identity: {
    anonymous: text('The client is anonymous.', 'Der Client ist anonym.'),
    user: text('The client has signed in as a user.', 'Der Client hat sich als Benutzer angemeldet.'),
    'exchange-server': text('The client is an Exchange server.', 'Der Client ist ein Exchange-Server.'),
    'exchange-server-not-offered': text(
      'The connector does not know Exchange servers (AuthMechanism); the client stays anonymous.',
      'Der Connector kennt keine Exchange-Server (AuthMechanism); der Client bleibt anonym.',
    ),
    'externally-secured': text(
      'Everybody the connector answers counts as an Exchange server (externally secured).',
      'Jeder, dem der Connector antwortet, gilt als Exchange-Server (extern gesichert).',
    ),
    'not-certain': text(
      'Who the client is taken for cannot be told.',
      'Wofür der Client gehalten wird, lässt sich nicht sagen.',
    ),
    'sign-in-needs-tls': text('Signing in needs TLS here.', 'Die Anmeldung setzt hier TLS voraus.'),
    'sign-in-not-offered': text('The connector offers no sign-in.', 'Der Connector bietet keine Anmeldung an.'),
    cloud: text(
      'The certificate {name} is recognised as that of Exchange Online, of whichever tenant.',
      'Das Zertifikat {name} wird als das von Exchange Online erkannt, gleich welches Mandanten.',
    ),
    'cloud-not-recognised': text(
      'The certificate {name} is not recognised as that of Exchange Online (TlsDomainCapabilities).',
      'Das Zertifikat {name} wird nicht als das von Exchange Online erkannt (TlsDomainCapabilities).',
    ),
    'cloud-not-certain': text(
      'Whether {name} is recognised as Exchange Online cannot be told.',
      'Ob {name} als Exchange Online erkannt wird, lässt sich nicht sagen.',
    ),
    'originator-trusted': text(
      'The originator {domain} belongs to the own organisation.',
      'Der Absendermandant {domain} gehört zur eigenen Organisation.',
    ),
    'originator-foreign': text(
      'The originator {domain} is a foreign tenant: no headers are taken over, nothing is relayed for it.',
      'Der Absendermandant {domain} ist fremd: Kopfzeilen werden nicht übernommen, es wird nichts für ihn weitergeleitet.',
    ),
    'originator-not-certain': text(
      'Whether {domain} belongs to the own organisation cannot be told.',
      'Ob {domain} zur eigenen Organisation gehört, lässt sich nicht sagen.',
    ),
    'originator-not-said': text(
      'Which tenant sends is not said: all of them show the same certificate.',
      'Welcher Mandant sendet, ist nicht gesagt: Alle legen dasselbe Zertifikat vor.',
    ),
    partner: text(
      'The client is a partner with domain security (mutual TLS).',
      'Der Client ist ein Partner mit Domänensicherheit (gegenseitigem TLS).',
    ),
  },
  permission: {
    'may-submit': text('{connector} lets the client submit.', '{connector} lässt den Client einliefern.'),
    'may-not-submit': text(
      '{connector} does not let the client submit.',
      '{connector} lässt den Client nicht einliefern.',
    ),
    'organisation-headers-kept': text(
      'Headers of the organisation are kept (X-MS-Exchange-Organization-*).',
      'Kopfzeilen der Organisation bleiben erhalten (X-MS-Exchange-Organization-*).',
    ),
    'organisation-headers-removed': text(
      'Headers of the organisation are removed (X-MS-Exchange-Organization-*).',
      'Kopfzeilen der Organisation werden entfernt (X-MS-Exchange-Organization-*).',
    ),
    'headers-promoted': text(
      'Headers that Exchange Online wrote are taken over as those of the organisation.',
      'Kopfzeilen von Exchange Online werden als solche der Organisation übernommen.',
    ),
    'headers-sent': text(
      '{connector} sends the headers of the organisation along: {domain} is an accepted domain, or trusted outbound.',
      '{connector} sendet die Kopfzeilen der Organisation mit: {domain} ist eine akzeptierte oder ausgehend vertraute Domäne.',
    ),
    'headers-not-sent': text(
      'The headers of the organisation stay behind: {domain} is no accepted domain and not trusted outbound (TrustedMailOutboundEnabled).',
      'Die Kopfzeilen der Organisation bleiben zurück: {domain} ist weder akzeptiert noch ausgehend vertraut (TrustedMailOutboundEnabled).',
    ),
    'headers-sent-not-certain': text(
      'Whether {connector} sends the headers of the organisation along to {domain} cannot be told.',
      'Ob {connector} die Kopfzeilen der Organisation an {domain} mitsendet, lässt sich nicht sagen.',
    ),
    'headers-not-certain': text(
      'Whether headers of the organisation are kept cannot be told.',
      'Ob Kopfzeilen der Organisation erhalten bleiben, lässt sich nicht sagen.',
    ),
    'not-certain': text(
      'Whether the client may submit is decided by permissions that are not in the files.',
      'Ob der Client einliefern darf, entscheiden Berechtigungen, die nicht in den Dateien stehen.',
    ),
  },
  sender: {
    'null-sender': text('The null sender (<>) is not checked.', 'Der leere Absender (<>) wird nicht geprüft.'),
    'own-address-of-user': text(
      'A user may use own addresses only, and those with Send As.',
      'Ein Benutzer darf nur eigene Adressen verwenden und solche mit „Senden als“.',
    ),
    'user-address-not-known': text(
      'Whether {sender} is an address of the user, no export tells.',
      'Ob {sender} eine Adresse des Benutzers ist, sagt kein Export.',
    ),
    'user-foreign-address': text(
      '{domain} is a foreign domain: no user has {sender}.',
      '{domain} ist eine fremde Domäne: Kein Benutzer hat {sender}.',
    ),
    'any-sender': text(
      'The client may use senders of any domain, own ones too.',
      'Der Client darf Absender jeder Domäne verwenden, auch eigener.',
    ),
    'domain-not-known': text(
      'Whether {domain} is an own domain cannot be told.',
      'Ob {domain} eine eigene Domäne ist, lässt sich nicht sagen.',
    ),
    'foreign-sender': text(
      '{domain} is a foreign domain: any sender of it may be used.',
      '{domain} ist eine fremde Domäne: Jeder Absender daraus ist erlaubt.',
    ),
    'own-domain-allowed': text(
      'The client may use senders of the own domain {domain}.',
      'Der Client darf Absender der eigenen Domäne {domain} verwenden.',
    ),
    'own-domain-refused': text(
      'The client may not use senders of the own domain {domain}.',
      'Der Client darf keine Absender der eigenen Domäne {domain} verwenden.',
    ),
    'own-domain-not-certain': text(
      'Whether the client may use senders of {domain} is decided by permissions that are not in the files.',
      'Ob der Client Absender von {domain} verwenden darf, entscheiden Berechtigungen, die nicht in den Dateien stehen.',
    ),
  },
  recipient: {
    'not-said': text(
      'No recipient was given: the answer holds for own ones.',
      'Es wurde kein Empfänger angegeben: Die Antwort gilt für eigene.',
    ),
    own: text(
      '{domain} is an accepted domain: the recipient is taken.',
      '{domain} ist eine akzeptierte Domäne: Der Empfänger wird angenommen.',
    ),
    relayed: text(
      '{domain} is a foreign domain, and the client may send there: relay.',
      '{domain} ist eine fremde Domäne, und der Client darf dorthin senden: Relay.',
    ),
    refused: text(
      '{domain} is a foreign domain: the recipient is refused.',
      '{domain} ist eine fremde Domäne: Der Empfänger wird abgelehnt.',
    ),
    'presumed-refused': text(
      '{domain} is a foreign domain. Without the access list the refusal is probable, not certain.',
      '{domain} ist eine fremde Domäne. Ohne die Berechtigungsliste ist die Ablehnung wahrscheinlich, nicht sicher.',
    ),
    'not-certain': text(
      'Whether the client may send to foreign domains is decided by permissions that are not in the files.',
      'Ob der Client an fremde Domänen senden darf, entscheiden Berechtigungen, die nicht in den Dateien stehen.',
    ),
    'domain-not-known': text(
      'Whether {domain} is an own domain cannot be told.',
      'Ob {domain} eine eigene Domäne ist, lässt sich nicht sagen.',
    ),
    'any-domain-not-known': text(
      'The recipient is taken in any case; whether {domain} is an own domain cannot be told.',
      'Der Empfänger wird in jedem Fall angenommen; ob {domain} eine eigene Domäne ist, lässt sich nicht sagen.',
    ),
  },
  size: {
    within: text(
      'The message is within the limit of the connector.',
      'Die Nachricht liegt unter der Grenze des Connectors.',
    ),
    'over-organisation-limit': text(
      'The message is larger than recipients of the organisation may receive: a report of non-delivery goes back.',
      'Die Nachricht ist größer, als Empfänger der Organisation empfangen dürfen: ein Unzustellbarkeitsbericht geht zurück.',
    ),
    'too-large': text(
      'The message is larger than the connector takes.',
      'Die Nachricht ist größer, als der Connector annimmt.',
    ),
    'not-certain': text(
      'The message is larger than the connector takes; whether the client may exceed that is not in the files.',
      'Die Nachricht ist größer, als der Connector annimmt; ob der Client das überschreiten darf, steht nicht in den Dateien.',
    ),
    'no-limit': text('No size limit holds for this client.', 'Für diesen Client gilt keine Größengrenze.'),
    'not-known': text(
      'The size limit of the connector is not known.',
      'Die Größengrenze des Connectors ist nicht bekannt.',
    ),
  },
  proxy: {
    'handed-on': text(
      'The front end hands the session to {chosen}.',
      'Das Frontend gibt die Sitzung an {chosen} weiter.',
    ),
    'not-known': text(
      'Whether the transport service takes the session on port {port} cannot be told.',
      'Ob der Transportdienst die Sitzung an Port {port} annimmt, lässt sich nicht sagen.',
    ),
    'no-back-end': text(
      'No connector of the transport service listens on port {port}.',
      'Kein Connector des Transportdienstes lauscht an Port {port}.',
    ),
    'refused-by-back-end': text(
      'The connector on port {port} does not take sessions of Exchange servers.',
      'Der Connector an Port {port} nimmt keine Sitzungen von Exchange-Servern an.',
    ),
  },
  attribution: {
    'by-certificate': text(
      '{connector} takes the session for that of the own servers, by the certificate {name}.',
      '{connector} hält die Sitzung anhand des Zertifikats {name} für die der eigenen Server.',
    ),
    'by-address': text(
      '{connector} takes the session for that of the own servers, by the address {address} and the sender domain.',
      '{connector} hält die Sitzung anhand der Adresse {address} und der Absenderdomäne für die der eigenen Server.',
    ),
    'by-certificate-and-sender': text(
      '{connector} matches the certificate {name}, but no accepted domain does: it works by the sender domain, and may stop.',
      '{connector} passt zum Zertifikat {name}, aber keine akzeptierte Domäne: Es gelingt über die Absenderdomäne und kann enden.',
    ),
    'locked-out': text(
      '{connector} refuses what comes neither with its certificate nor from its addresses.',
      '{connector} lehnt ab, was weder mit seinem Zertifikat noch von seinen Adressen kommt.',
    ),
    'tls-required': text(
      '{connector} takes mail with TLS only (RequireTls), and the session has none.',
      '{connector} nimmt E-Mail nur mit TLS an (RequireTls), und die Sitzung hat keines.',
    ),
    'by-partner-connector': text(
      'The partner connector {connector} takes the session.',
      'Der Partnerconnector {connector} nimmt die Sitzung an.',
    ),
    anonymous: text(
      'No connector of the tenant recognises the session: it is mail from the Internet.',
      'Kein Connector des Mandanten erkennt die Sitzung: Es ist E-Mail aus dem Internet.',
    ),
    'not-known': text(
      'No inbound connector of Exchange Online is in the files.',
      'In den Dateien steht kein eingehender Connector von Exchange Online.',
    ),
    'not-certain': text(
      'Which inbound connector takes the session cannot be told.',
      'Welcher eingehende Connector die Sitzung annimmt, lässt sich nicht sagen.',
    ),
  },
  classification: {
    internal: text('The message counts as internal.', 'Die Nachricht gilt als intern.'),
    'originating-anonymous': text(
      'The message comes from the own servers, but counts as external: its headers are not taken over.',
      'Die Nachricht kommt von den eigenen Servern, gilt aber als extern: Ihre Kopfzeilen werden nicht übernommen.',
    ),
    anonymous: text('The message counts as external.', 'Die Nachricht gilt als extern.'),
    'anonymous-unless-refused': text(
      'The message counts as external, unless Direct Send is refused (RejectDirectSend).',
      'Die Nachricht gilt als extern, sofern Direct Send nicht abgelehnt wird (RejectDirectSend).',
    ),
    'direct-send-refused': text(
      'Senders of the own domain {domain} are refused without a connector (RejectDirectSend).',
      'Absender der eigenen Domäne {domain} werden ohne Connector abgelehnt (RejectDirectSend).',
    ),
    'not-certain': text(
      'Whether the message counts as internal cannot be told.',
      'Ob die Nachricht als intern gilt, lässt sich nicht sagen.',
    ),
  },
  routing: {
    'recipient-own': text(
      '{domain} is an accepted domain: the recipient is taken.',
      '{domain} ist eine akzeptierte Domäne: Der Empfänger wird angenommen.',
    ),
    'recipient-relayed': text(
      '{domain} is a foreign domain, and the own servers may send there: relay.',
      '{domain} ist eine fremde Domäne, und die eigenen Server dürfen dorthin senden: Relay.',
    ),
    'recipient-refused': text(
      '{domain} is a foreign domain: the recipient is refused.',
      '{domain} ist eine fremde Domäne: Der Empfänger wird abgelehnt.',
    ),
    several: text(
      'More than one connector may take {domain}; the files do not decide between them.',
      'Mehr als ein Connector kann {domain} nehmen; die Dateien entscheiden nicht zwischen ihnen.',
    ),
    'mailbox-here-or-there': text(
      'The mailbox is in the cloud or on the own servers; no export tells which.',
      'Das Postfach liegt in der Cloud oder auf den eigenen Servern; kein Export sagt, wo.',
    ),
    'by-rule': text(
      'The transport rule {rule} routes it to {chosen}.',
      'Die Transportregel {rule} leitet sie an {chosen}.',
    ),
    'rules-not-exported': text(
      'As far as is known no transport rule routes it: those of Exchange Online were not exported, or not all.',
      'Soweit bekannt, leitet keine Transportregel sie um: die von Exchange Online wurden nicht oder nicht alle exportiert.',
    ),
    'rule-not-decided': text(
      'Whether the transport rule {rule} applies cannot be told.',
      'Ob die Transportregel {rule} zutrifft, lässt sich nicht sagen.',
    ),
    'type-not-known': text(
      'Whether all recipients of {domain} are on this side cannot be told (DomainType).',
      'Ob alle Empfänger von {domain} auf dieser Seite liegen, lässt sich nicht sagen (DomainType).',
    ),
    'own-recipient': text(
      '{domain} is served here: the message goes to a mailbox, or to the address that the recipient object names.',
      '{domain} wird hier bedient: Die Nachricht geht an ein Postfach oder an die Adresse, die das Empfängerobjekt nennt.',
    ),
    selected: text('{chosen} takes messages for {domain}.', '{chosen} nimmt Nachrichten für {domain}.'),
    centralized: text(
      'Centralized mail transport: {chosen} takes everything to the own servers first.',
      'Zentralisierter Nachrichtentransport: {chosen} bringt alles zuerst zu den eigenen Servern.',
    ),
    'no-connector': text(
      'No connector takes {domain}: its MX decides.',
      'Kein Connector nimmt {domain}: Der MX-Eintrag entscheidet.',
    ),
    unreachable: text(
      'No send connector takes {domain}: the message stays in the Unreachable queue.',
      'Kein Sendeconnector nimmt {domain}: Die Nachricht bleibt in der Warteschlange „Nicht erreichbar“.',
    ),
    'all-too-small': text(
      'The message is larger than every connector for {domain} takes.',
      'Die Nachricht ist größer, als jeder Connector für {domain} annimmt.',
    ),
    'domain-not-known': text(
      'Whether {domain} is an own domain cannot be told.',
      'Ob {domain} eine eigene Domäne ist, lässt sich nicht sagen.',
    ),
    'not-certain': text(
      'Which connector takes {domain} cannot be told.',
      'Welcher Connector {domain} nimmt, lässt sich nicht sagen.',
    ),
  },
  'next-hop': {
    'tls-not-offered': text(
      'The other side does not offer STARTTLS, which {connector} asks for: nothing is delivered.',
      'Die Gegenseite bietet kein STARTTLS an, das {connector} verlangt: Nichts wird zugestellt.',
    ),
    'tls-name-refused': text(
      'The other side does not show a valid certificate for {name}, which {connector} expects: nothing is delivered.',
      'Die Gegenseite legt kein gültiges Zertifikat für {name} vor, das {connector} erwartet: Nichts wird zugestellt.',
    ),
    'through-front-end': text(
      'The front end of {chosen} sends it (FrontendProxyEnabled).',
      'Das Frontend von {chosen} sendet sie (FrontendProxyEnabled).',
    ),
    'several-hosts': text(
      'The smart hosts {host} are used in turn.',
      'Die Smarthosts {host} werden abwechselnd verwendet.',
    ),
    'several-servers': text('Any of the servers {servers} may take it.', 'Jeder der Server {servers} kann sie nehmen.'),
    'to-source-server': text(
      '{server} hands the message to {chosen}, a source server of {connector}.',
      '{server} gibt die Nachricht an {chosen}, einen Quellserver von {connector}.',
    ),
    'no-source-server': text(
      'No source server of {connector} exists any more.',
      'Kein Quellserver von {connector} existiert mehr.',
    ),
    'smart-host': text('It goes to the smart host {host}.', 'Es geht an den Smarthost {host}.'),
    'smart-host-exchange-online': text('It goes to Exchange Online ({host}).', 'Es geht an Exchange Online ({host}).'),
    'smart-host-own-server': text('It goes to the own server {chosen}.', 'Es geht an den eigenen Server {chosen}.'),
    'to-organisation': text(
      'It goes to the Mailbox servers of the site ({chosen}).',
      'Es geht an die Postfachserver des Standorts ({chosen}).',
    ),
    'no-smart-host': text(
      'The connector wants a smart host and has none.',
      'Der Connector verlangt einen Smarthost und hat keinen.',
    ),
    'mx-exchange-online': text(
      'The MX of {domain} leads to Exchange Online.',
      'Der MX-Eintrag von {domain} führt zu Exchange Online.',
    ),
    'mx-own-server': text(
      'The MX of {domain} leads to the own servers.',
      'Der MX-Eintrag von {domain} führt zu den eigenen Servern.',
    ),
    'mx-gateway': text('The MX of {domain} leads to a gateway.', 'Der MX-Eintrag von {domain} führt zu einem Gateway.'),
    'mx-internet': text(
      'It goes to the MX of {domain} on the Internet.',
      'Es geht an den MX-Eintrag von {domain} im Internet.',
    ),
    'mx-not-known': text(
      'Where the MX of {domain} leads, no export tells.',
      'Wohin der MX-Eintrag von {domain} führt, sagt kein Export.',
    ),
    'gateway-sends-on': text(
      'The gateway {gateway} sends it on to {chosen}.',
      'Das Gateway {gateway} sendet es weiter an {chosen}.',
    ),
    'to-partner': text('It goes to the partner ({host}).', 'Es geht an den Partner ({host}).'),
    'to-servers': text('It goes to the own servers ({host}).', 'Es geht an die eigenen Server ({host}).'),
    'not-known': text('Where it goes next cannot be told.', 'Wohin es weitergeht, lässt sich nicht sagen.'),
  },
} as const satisfies Readonly<Record<TraceStage, Readonly<Record<string, Text>>>>

export type DecisionOf<S extends TraceStage> = keyof (typeof decisions)[S] & string

/** Why a candidate was not taken: the first condition that it does not meet. */
export const reasons = {
  disabled: text('is disabled', 'ist deaktiviert'),
  'other-binding': text(
    'listens on another address or port',
    'lauscht an einer anderen Adresse oder einem anderen Port',
  ),
  'address-outside-ranges': text('does not take this address', 'nimmt diese Adresse nicht an'),
  'ranges-not-known': text('its ranges are not wholly known', 'seine Bereiche sind nicht vollständig bekannt'),
  'less-specific': text('is less specific', 'ist weniger spezifisch'),
  'no-tie-break': text('nothing decides between them', 'nichts entscheidet zwischen ihnen'),
  'name-does-not-match': text('does not carry the name', 'trägt den Namen nicht'),
  'no-private-key': text('has no private key', 'hat keinen privaten Schlüssel'),
  'not-valid': text('is not valid', 'ist nicht gültig'),
  older: text('is older', 'ist älter'),
  'self-signed': text('is self-signed', 'ist selbstsigniert'),
  'too-small': text('takes only smaller messages', 'nimmt nur kleinere Nachrichten'),
  'space-does-not-match': text('has no address space for the domain', 'hat keinen Adressraum für die Domäne'),
  'scoped-elsewhere': text('is for servers of another site', 'gilt für Server eines anderen Standorts'),
  'higher-cost': text('has a higher cost', 'hat höhere Kosten'),
  'farther-away': text('its source servers are farther away', 'seine Quellserver sind weiter entfernt'),
  'later-name': text('comes later in the alphabet', 'steht im Alphabet weiter hinten'),
  'not-on-this-server': text('is not on this server', 'ist nicht auf diesem Server'),
  'no-certificate': text('no certificate was shown', 'es wurde kein Zertifikat vorgelegt'),
  'domain-not-accepted': text(
    'the domain of the certificate is not an accepted domain',
    'die Domäne des Zertifikats ist keine akzeptierte Domäne',
  ),
  'sender-not-accepted': text(
    'the sender domain is not an accepted domain',
    'die Absenderdomäne ist keine akzeptierte Domäne',
  ),
  'sender-not-associated': text(
    'is for other accepted domains (AssociatedAcceptedDomains)',
    'gilt für andere akzeptierte Domänen (AssociatedAcceptedDomains)',
  ),
  'test-mode': text('is in test mode', 'ist im Testmodus'),
  'only-by-rule': text('is used by transport rules only', 'wird nur von Transportregeln verwendet'),
  'domain-does-not-match': text('is not for this domain', 'gilt nicht für diese Domäne'),
  'already-on-servers': text(
    'sends to the own servers only what has not been there',
    'sendet nur das zu den eigenen Servern, was noch nicht dort war',
  ),
  'certificate-not-trusted': text(
    'does not trust the certificate, which is self-signed',
    'vertraut dem Zertifikat nicht, es ist selbstsigniert',
  ),
} as const satisfies Readonly<Record<string, Text>>

export type Reason = keyof typeof reasons

export const branchReasons = {
  'connector-answers': text('If {connector} answers', 'Wenn {connector} antwortet'),
  'nobody-answers': text('If none of them takes the address', 'Wenn keiner von ihnen die Adresse annimmt'),
  'service-starts-first': text('If {role} starts first', 'Wenn {role} zuerst startet'),
  'local-address': text('If {address} was reached', 'Wenn {address} erreicht wurde'),
  'taken-for': text(
    'If {connector} takes the client for: {principal}',
    'Wenn {connector} den Client hält für: {principal}',
  ),
  'taken-for-anonymous': text('If the client is anonymous', 'Wenn der Client anonym ist'),
  'own-tenant': text('If the own tenant sends', 'Wenn der eigene Mandant sendet'),
  'other-tenant': text('If another tenant sends', 'Wenn ein anderer Mandant sendet'),
  'back-end-here': text('If {server} itself takes it on', 'Wenn {server} selbst sie weiterführt'),
  'back-end-elsewhere': text('If {server} takes it on', 'Wenn {server} sie weiterführt'),
  'connector-takes': text('If {connector} takes it', 'Wenn {connector} sie nimmt'),
  'no-connector-takes': text('If no connector takes it', 'Wenn kein Connector sie nimmt'),
  'server-takes': text('If {server} takes it', 'Wenn {server} sie nimmt'),
  'host-takes': text('If {host} takes it', 'Wenn {host} sie nimmt'),
  'mailbox-here': text('If the mailbox is in the cloud', 'Wenn das Postfach in der Cloud liegt'),
  'mailbox-on-servers': text('If the mailbox is on the own servers', 'Wenn das Postfach auf den eigenen Servern liegt'),
  'rule-applies': text('If {rule} applies', 'Wenn {rule} zutrifft'),
  'rule-does-not-apply': text('If {rule} does not apply', 'Wenn {rule} nicht zutrifft'),
} as const satisfies Readonly<Record<string, Text>>

export type BranchReason = keyof typeof branchReasons
