import type { Diagnostic, NoticeCode } from '../model'
import type { Language, ReportNotice } from './schema'

type Texts = { readonly message: string; readonly remedy: string }
type Bilingual = Readonly<Record<Language, Texts>>

/** `{name}` stands for a parameter of the notice, its property, object or line. */
const texts: Readonly<Record<NoticeCode, Bilingual>> = {
  'list-truncated': {
    en: {
      message: '{property} was cut by the shell: only a part of the list is in this file.',
      remedy: 'Set $FormatEnumerationLimit = -1 in the same shell and export again, or use Export-Clixml.',
    },
    de: {
      message: '{property} wurde von der Shell gekürzt: Nur ein Teil der Liste steht in dieser Datei.',
      remedy:
        'Setzen Sie in derselben Shell $FormatEnumerationLimit = -1 und exportieren Sie erneut, oder verwenden Sie Export-Clixml.',
    },
  },
  'column-cut': {
    en: {
      message: '{property} was cut at the width of its column.',
      remedy: 'Export with Format-List or Export-Clixml instead of a table.',
    },
    de: {
      message: '{property} wurde an der Spaltenbreite abgeschnitten.',
      remedy: 'Exportieren Sie mit Format-List oder Export-Clixml statt als Tabelle.',
    },
  },
  'table-projection': {
    en: {
      message: 'This is a table. Only {count}[ of about {total}] properties are in this file; all others are unknown.',
      remedy: 'Export with Format-List or Export-Clixml.',
    },
    de: {
      message:
        'Das ist eine Tabelle. Nur {count}[ von etwa {total}] Eigenschaften stehen in dieser Datei; alle anderen sind unbekannt.',
      remedy: 'Exportieren Sie mit Format-List oder Export-Clixml.',
    },
  },
  'lines-joined': {
    en: {
      message: 'The value of {property} was wrapped, and the file does not show whether a blank belongs at the break.',
      remedy: 'Export with Out-File -Width 4096 or with Export-Clixml.',
    },
    de: {
      message:
        'Der Wert von {property} ist umbrochen, und die Datei zeigt nicht, ob an der Umbruchstelle ein Leerzeichen steht.',
      remedy: 'Exportieren Sie mit Out-File -Width 4096 oder mit Export-Clixml.',
    },
  },
  'encoding-guessed': {
    en: {
      message: 'The file is not UTF-8 or UTF-16; it was read as {encoding}.',
      remedy: 'If letters look wrong, export again with Out-File -Encoding utf8.',
    },
    de: {
      message: 'Die Datei ist weder UTF-8 noch UTF-16; sie wurde als {encoding} gelesen.',
      remedy: 'Falls Buchstaben falsch aussehen, exportieren Sie erneut mit Out-File -Encoding utf8.',
    },
  },
  'characters-dropped': {
    en: {
      message: '{count} NUL characters were left out.',
      remedy:
        'Several outputs of different encodings were probably appended to one file. Write each output to a file of its own.',
    },
    de: {
      message: '{count} NUL-Zeichen wurden ausgelassen.',
      remedy:
        'Vermutlich wurden Ausgaben verschiedener Kodierung aneinandergehängt. Schreiben Sie jede Ausgabe in eine eigene Datei.',
    },
  },
  'encodings-mixed': {
    en: {
      message: 'Parts of the file have different encodings ({encodings}); each was read with its own.',
      remedy:
        'Nothing has to be done. Write each output to a file of its own, or add -Encoding to >> and Out-File -Append.',
    },
    de: {
      message: 'Teile der Datei sind verschieden kodiert ({encodings}); jeder wurde mit seiner Kodierung gelesen.',
      remedy:
        'Es ist nichts zu tun. Schreiben Sie jede Ausgabe in eine eigene Datei, oder geben Sie bei Out-File -Append die Kodierung an.',
    },
  },
  mojibake: {
    en: {
      message:
        'Some letters were damaged by a wrong code page before the upload. Names are compared as they stand.[ “{example}”][ was probably “{repaired}”][ ({codepage}).]',
      remedy: 'Have them put right here, or export again with Out-File -Encoding utf8 and upload the file itself.',
    },
    de: {
      message:
        'Einige Buchstaben wurden vor dem Hochladen durch eine falsche Codepage beschädigt. Namen werden so verglichen, wie sie dastehen.[ „{example}“][ lautete vermutlich „{repaired}“][ ({codepage}).]',
      remedy:
        'Lassen Sie sie hier berichtigen, oder exportieren Sie erneut mit Out-File -Encoding utf8 und laden Sie die Datei selbst hoch.',
    },
  },
  'mojibake-repaired': {
    en: {
      message:
        'Letters that a wrong code page ({codepage}) had damaged were put right, as chosen: “{example}” was read as “{repaired}”.',
      remedy: 'If names look wrong now, take the repair back.',
    },
    de: {
      message:
        'Durch eine falsche Codepage ({codepage}) beschädigte Buchstaben wurden wie gewählt berichtigt: „{example}“ wurde als „{repaired}“ gelesen.',
      remedy: 'Falls Namen nun falsch aussehen, nehmen Sie die Berichtigung zurück.',
    },
  },
  'not-needed': {
    en: {
      message: 'The file is known and holds nothing about mail flow. It was left out.',
      remedy: 'Nothing has to be done.',
    },
    de: {
      message: 'Die Datei ist bekannt und enthält nichts über den Nachrichtenfluss. Sie wurde ausgelassen.',
      remedy: 'Es ist nichts zu tun.',
    },
  },
  'document-refused': {
    en: { message: 'Not read: {kind}.', remedy: '{advice}' },
    de: { message: 'Nicht gelesen: {kind}.', remedy: '{advice}' },
  },
  'private-key-refused': {
    en: {
      message: 'This file holds a private key: {kind}. It was not read.',
      remedy:
        'Never upload private keys; no check needs one. Remove the file here and wherever else it lies unprotected. If others could have read it, renew the certificate. Export certificates with Get-ExchangeCertificate | Format-List.',
    },
    de: {
      message: 'Diese Datei enthält einen privaten Schlüssel: {kind}. Sie wurde nicht gelesen.',
      remedy:
        'Laden Sie nie private Schlüssel hoch; keine Prüfung braucht sie. Entfernen Sie die Datei hier und überall, wo sie ungeschützt liegt. Falls andere sie lesen konnten, erneuern Sie das Zertifikat. Exportieren Sie Zertifikate mit Get-ExchangeCertificate | Format-List.',
    },
  },
  'manifest-unusable': {
    en: {
      message:
        'The manifest of the collection script cannot be used: {reason}. The files beside it were read without it.',
      remedy: 'Run the collection script again and upload its archive unchanged.',
    },
    de: {
      message:
        'Das Manifest des Sammelskripts ist nicht verwendbar: {reason}. Die übrigen Dateien wurden ohne das Manifest gelesen.',
      remedy: 'Führen Sie das Sammelskript erneut aus und laden Sie sein Archiv unverändert hoch.',
    },
  },
  'certificate-services-unknown': {
    en: {
      message: 'What Exchange knows of {count} certificates (services, status, private key) is not in this export.',
      remedy: 'Also upload the output of Get-ExchangeCertificate | Format-List.',
    },
    de: {
      message:
        'Was Exchange über {count} Zertifikate weiß (Dienste, Status, privater Schlüssel), steht nicht in diesem Export.',
      remedy: 'Laden Sie zusätzlich die Ausgabe von Get-ExchangeCertificate | Format-List hoch.',
    },
  },
  'manifest-file-missing': {
    en: {
      message: 'The manifest names the file {file}[ (output of {command})], and it is not there.',
      remedy: 'Upload the archive of the collection script unchanged, or run the command again.',
    },
    de: {
      message: 'Das Manifest nennt die Datei {file}[ (Ausgabe von {command})], und sie fehlt.',
      remedy: 'Laden Sie das Archiv des Sammelskripts unverändert hoch, oder führen Sie den Befehl erneut aus.',
    },
  },
  'date-ambiguous': {
    en: {
      message:
        'Dates such as {value} can be read with the day or the month first, and nothing in the file decides it[: {first} or {second}].',
      remedy: 'Say which comes first, or export with Export-Clixml.',
    },
    de: {
      message:
        'Datumsangaben wie {value} lassen sich mit Tag oder Monat zuerst lesen, und nichts in der Datei entscheidet es[: {first} oder {second}].',
      remedy: 'Geben Sie an, was zuerst steht, oder exportieren Sie mit Export-Clixml.',
    },
  },
  'server-unknown': {
    en: {
      message: 'The file does not tell which server the output of {cmdlet} is from.',
      remedy:
        'Run {cmdlet} -Server <name> and keep the command line in the file, or put the name of the server into the file name.',
    },
    de: {
      message: 'Die Datei sagt nicht, von welchem Server die Ausgabe von {cmdlet} stammt.',
      remedy:
        'Führen Sie {cmdlet} -Server <Name> aus und lassen Sie die Befehlszeile in der Datei, oder nehmen Sie den Servernamen in den Dateinamen auf.',
    },
  },
  contradiction: {
    en: {
      message:
        '{property} differs between two exports of the same object: “{first}” in {firstPlace}, “{second}” in {secondPlace}[; the audit uses {used}].',
      remedy: 'Remove the older export, so that the newer one counts.',
    },
    de: {
      message:
        '{property} unterscheidet sich in zwei Exporten desselben Objekts: „{first}“ in {firstPlace}, „{second}“ in {secondPlace}[; die Prüfung verwendet {used}].',
      remedy: 'Entfernen Sie den älteren Export, damit der neuere gilt.',
    },
  },
  'value-unusable': {
    en: {
      message: 'The value of {property} cannot be used: {value}',
      remedy: 'Export with Format-List or Export-Clixml, without changing the output.',
    },
    de: {
      message: 'Der Wert von {property} ist nicht verwendbar: {value}',
      remedy: 'Exportieren Sie mit Format-List oder Export-Clixml, ohne die Ausgabe zu verändern.',
    },
  },
  'unknown-value': {
    en: {
      message: '{property} has a value that is not known: {value}',
      remedy:
        'If the value was typed or translated by hand, export again. Otherwise it is shown as it stands and not judged.',
    },
    de: {
      message: '{property} hat einen unbekannten Wert: {value}',
      remedy:
        'Falls der Wert von Hand eingetragen oder übersetzt wurde, exportieren Sie erneut. Andernfalls wird er unverändert gezeigt und nicht bewertet.',
    },
  },
  'multivalue-lost': {
    en: {
      message: '{property} holds the name of a type instead of its values.',
      remedy: 'Export with Export-Clixml: a CSV file cannot hold lists.',
    },
    de: {
      message: '{property} enthält den Namen eines Typs statt der Werte.',
      remedy: 'Exportieren Sie mit Export-Clixml: Eine CSV-Datei kann keine Listen aufnehmen.',
    },
  },
  'command-failed': {
    en: {
      message: 'The command {command} ended with an error in this file.[ It said: {message}]',
      remedy: 'Run the command again with sufficient permissions and upload its output.',
    },
    de: {
      message: 'Der Befehl {command} endete in dieser Datei mit einem Fehler.[ Meldung: {message}]',
      remedy: 'Führen Sie den Befehl mit ausreichenden Rechten erneut aus und laden Sie die Ausgabe hoch.',
    },
  },
  'results-limited': {
    en: {
      message: 'The shell returned only the first results of {command}.',
      remedy: 'Run the command again with -ResultSize Unlimited.',
    },
    de: {
      message: 'Die Shell lieferte nur die ersten Ergebnisse von {command}.',
      remedy: 'Führen Sie den Befehl mit -ResultSize Unlimited erneut aus.',
    },
  },
  'look-alike-refused': {
    en: { message: 'Not used: this is {looksLike}.', remedy: '{instead}' },
    de: { message: 'Nicht verwendet: Das ist {looksLike}.', remedy: '{instead}' },
  },
  'not-recognised': {
    en: {
      message: 'Not recognised. It looks like {looksLike}.[ First line: {firstLine}]',
      remedy: 'Export with Format-List (… | Format-List > file.txt) or with Export-Clixml.',
    },
    de: {
      message: 'Nicht erkannt. Es sieht aus wie {looksLike}.[ Erste Zeile: {firstLine}]',
      remedy: 'Exportieren Sie mit Format-List (… | Format-List > Datei.txt) oder mit Export-Clixml.',
    },
  },
  'too-large': {
    en: {
      message: '{size} bytes are more than the limit of {limit} bytes. Nothing of it was read.',
      remedy: 'Upload fewer or smaller files, or raise the limit in the settings of this installation.',
    },
    de: {
      message: '{size} Bytes überschreiten die Grenze von {limit} Bytes. Nichts davon wurde gelesen.',
      remedy:
        'Laden Sie weniger oder kleinere Dateien hoch, oder erhöhen Sie die Grenze in den Einstellungen dieser Installation.',
    },
  },
  'archive-refused': {
    en: {
      message: 'Not unpacked: {reason}.',
      remedy:
        'Pack the exports again as a plain zip file, without password, folders above the archive or further archives inside, or upload them one by one.',
    },
    de: {
      message: 'Nicht entpackt: {reason}.',
      remedy:
        'Packen Sie die Exporte erneut als einfache Zip-Datei, ohne Kennwort, Ordner außerhalb des Archivs oder weitere Archive darin, oder laden Sie sie einzeln hoch.',
    },
  },
  'xml-refused': {
    en: { message: 'The XML was not read: {reason}.', remedy: 'Upload the file as Export-Clixml wrote it.' },
    de: {
      message: 'Das XML wurde nicht gelesen: {reason}.',
      remedy: 'Laden Sie die Datei so hoch, wie Export-Clixml sie geschrieben hat.',
    },
  },
  'log-line-repaired': {
    en: {
      message: 'Damaged log lines were repaired: {count}, the first is line {line}.',
      remedy: 'Upload the log file itself instead of a copy of its text.',
    },
    de: {
      message: 'Beschädigte Protokollzeilen wurden repariert: {count}, die erste ist Zeile {line}.',
      remedy: 'Laden Sie die Protokolldatei selbst hoch statt einer Kopie ihres Textes.',
    },
  },
  'log-line-unreadable': {
    en: {
      message: 'Log lines could not be read: {count}, the first is line {line}.',
      remedy: 'Upload the log file itself instead of a copy of its text.',
    },
    de: {
      message: 'Protokollzeilen waren nicht lesbar: {count}, die erste ist Zeile {line}.',
      remedy: 'Laden Sie die Protokolldatei selbst hoch statt einer Kopie ihres Textes.',
    },
  },
  'personal-data-ignored': {
    en: {
      message: 'Left out, because the audit does not need secrets or data of people: {property}.',
      remedy: 'Nothing has to be done.',
    },
    de: {
      message: 'Ausgelassen, weil die Prüfung keine Geheimnisse oder personenbezogenen Daten braucht: {property}.',
      remedy: 'Es ist nichts zu tun.',
    },
  },
  'source-cut': {
    en: {
      message: 'The file ends or breaks off in the middle (line {line}). What stands before it was read.',
      remedy: 'Export or upload the file again.',
    },
    de: {
      message: 'Die Datei endet oder bricht mittendrin ab (Zeile {line}). Was davor steht, wurde gelesen.',
      remedy: 'Exportieren Sie die Datei erneut oder laden Sie sie noch einmal hoch.',
    },
  },
  'source-begins-late': {
    en: {
      message: 'The file begins in the middle of an object (line {line}): what stood above it is not in the file.',
      remedy: 'Export or upload the file again.',
    },
    de: {
      message: 'Die Datei beginnt mitten in einem Objekt (Zeile {line}): was darüber stand, ist nicht in der Datei.',
      remedy: 'Exportieren Sie die Datei erneut oder laden Sie sie noch einmal hoch.',
    },
  },
  'json-refused': {
    en: { message: 'The JSON was not read: {reason}.', remedy: 'Upload the file as ConvertTo-Json wrote it.' },
    de: {
      message: 'Das JSON wurde nicht gelesen: {reason}.',
      remedy: 'Laden Sie die Datei so hoch, wie ConvertTo-Json sie geschrieben hat.',
    },
  },
  'depth-cut': {
    en: {
      message: '{property} lies below the depth that ConvertTo-Json wrote: its value is not in the file.',
      remedy: 'Export again with ConvertTo-Json -Depth 5, or with Export-Clixml.',
    },
    de: {
      message: '{property} liegt unterhalb der Tiefe, bis zu der ConvertTo-Json schrieb: Der Wert fehlt in der Datei.',
      remedy: 'Exportieren Sie erneut mit ConvertTo-Json -Depth 5 oder mit Export-Clixml.',
    },
  },
  'format-objects': {
    en: {
      message: 'The file holds layout instructions of Format-List or Format-Table instead of values.',
      remedy: 'Remove “| fl” or “| ft” before Export-Csv or ConvertTo-Json and export again.',
    },
    de: {
      message: 'Die Datei enthält Layoutanweisungen von Format-List oder Format-Table statt der Werte.',
      remedy: 'Entfernen Sie „| fl“ oder „| ft“ vor Export-Csv oder ConvertTo-Json und exportieren Sie erneut.',
    },
  },
  'spreadsheet-saved': {
    en: {
      message:
        'A spreadsheet saved this file again and changed values such as “{value}”. Numbers that it shortened are not used.',
      remedy: 'Upload the file that PowerShell wrote, without opening and saving it in a spreadsheet.',
    },
    de: {
      message:
        'Eine Tabellenkalkulation hat diese Datei erneut gespeichert und Werte wie „{value}“ verändert. Gekürzte Zahlen werden nicht verwendet.',
      remedy:
        'Laden Sie die Datei hoch, die PowerShell geschrieben hat, ohne sie in einer Tabellenkalkulation zu öffnen und zu speichern.',
    },
  },
  'row-uneven': {
    en: {
      message:
        'Rows of the table have another number of fields than its header ({count}, the first in line {line}). They were left out; the other rows were read.',
      remedy: 'Export the file again, and do not edit it by hand.',
    },
    de: {
      message:
        'Zeilen der Tabelle haben eine andere Anzahl Felder als die Kopfzeile ({count}, die erste in Zeile {line}). Sie wurden ausgelassen, die übrigen Zeilen wurden gelesen.',
      remedy: 'Exportieren Sie die Datei erneut, und bearbeiten Sie sie nicht von Hand.',
    },
  },
  'characters-replaced': {
    en: {
      message: 'Characters that could not be read are shown as \ufffd: {count}, the first in line {line}.',
      remedy: 'Choose another encoding here, or export again with Out-File -Encoding utf8.',
    },
    de: {
      message: 'Nicht lesbare Zeichen stehen als \ufffd im Text: {count}, das erste in Zeile {line}.',
      remedy: 'Wählen Sie hier eine andere Kodierung, oder exportieren Sie erneut mit Out-File -Encoding utf8.',
    },
  },
  'name-missing': {
    en: {
      message:
        'Objects without a name ({count}, the first in line {line}) are not used: nobody can tell which ones they are.',
      remedy: 'Export again with all properties (Format-List *), or select Identity and Name as well.',
    },
    de: {
      message:
        'Objekte ohne Namen ({count}, das erste in Zeile {line}) werden nicht verwendet: Welche es sind, ist nicht zu erkennen.',
      remedy:
        'Exportieren Sie erneut mit allen Eigenschaften (Format-List *), oder wählen Sie auch Identity und Name aus.',
    },
  },
  'more-notices': {
    en: {
      message: '{count} further notices about this file are not shown.',
      remedy: 'Export again as the notices above say; most of them probably have one cause.',
    },
    de: {
      message: '{count} weitere Hinweise zu dieser Datei werden nicht gezeigt.',
      remedy:
        'Exportieren Sie erneut, wie es die Hinweise darüber sagen; die meisten haben vermutlich dieselbe Ursache.',
    },
  },
  'left-out': {
    en: { message: 'Left out, as chosen.', remedy: 'Choose what the file is, or remove it.' },
    de: { message: 'Ausgelassen, wie gewählt.', remedy: 'Wählen Sie, was die Datei ist, oder entfernen Sie sie.' },
  },
  'too-demanding': {
    en: {
      message: 'Reading the file took more memory or time than one file may take. Nothing of it was used.',
      remedy: 'Split the file, or raise the limits of memory and time in the settings of this installation.',
    },
    de: {
      message:
        'Das Lesen der Datei brauchte mehr Speicher oder Zeit, als eine Datei brauchen darf. Nichts davon wurde verwendet.',
      remedy:
        'Teilen Sie die Datei, oder erhöhen Sie die Grenzen für Speicher und Zeit in den Einstellungen dieser Installation.',
    },
  },
  'source-failed': {
    en: {
      message: 'The file could not be read because of an error of the program. The others were read.',
      remedy: 'Report the error with the version shown in the report. The other files are not affected.',
    },
    de: {
      message: 'Die Datei konnte wegen eines Programmfehlers nicht gelesen werden. Die anderen wurden gelesen.',
      remedy: 'Melden Sie den Fehler mit der im Bericht genannten Version. Die anderen Dateien sind nicht betroffen.',
    },
  },
}

/** Words for parameter values that are keys: `looksLike` of not-recognised, `reason` of refusals. */
const words: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'format-table': { en: 'a table (Format-Table)', de: 'eine Tabelle (Format-Table)' },
  'table-without-header': { en: 'a table without its header', de: 'eine Tabelle ohne ihre Kopfzeile' },
  'table-row': {
    en: 'a row of a table whose columns are gone',
    de: 'eine Tabellenzeile, deren Spalten nicht mehr zu erkennen sind',
  },
  csv: { en: 'a CSV file', de: 'eine CSV-Datei' },
  json: { en: 'JSON', de: 'JSON' },
  xml: { en: 'XML of another kind than Export-Clixml writes', de: 'XML anderer Art, als Export-Clixml es schreibt' },
  'convertto-xml': { en: 'output of ConvertTo-Xml', de: 'eine Ausgabe von ConvertTo-Xml' },
  html: { en: 'an HTML page', de: 'eine HTML-Seite' },
  'smtp-log': { en: 'an SMTP protocol log', de: 'ein SMTP-Protokoll' },
  'message-tracking-log': { en: 'a message tracking log', de: 'ein Nachrichtenverfolgungsprotokoll' },
  'exchange-log': { en: 'another log of Exchange', de: 'ein anderes Exchange-Protokoll' },
  'connectivity-log': { en: 'a connectivity log', de: 'ein Konnektivitätsprotokoll' },
  'imap-pop-log': { en: 'a log of IMAP4 or POP3', de: 'ein IMAP4- oder POP3-Protokoll' },
  'agent-log': { en: 'a log of the anti-spam agents', de: 'ein Protokoll der Antispam-Agents' },
  'iis-log': { en: 'a log of the web server (IIS)', de: 'ein Protokoll des Webservers (IIS)' },
  'http-proxy-log': { en: 'a log of the HTTP proxy', de: 'ein HTTP-Proxy-Protokoll' },
  'message-trace': {
    en: 'a message trace of Exchange Online',
    de: 'eine Nachrichtenablaufverfolgung aus Exchange Online',
  },
  'queue-list': { en: 'a list of queues (Get-Queue)', de: 'eine Liste der Warteschlangen (Get-Queue)' },
  'dns-answer': { en: 'an answer from DNS', de: 'eine DNS-Antwort' },
  'instead-protocol-log': {
    en: 'It names messages or other services, not who was let in. The logs that help are those of SMTP, in the folders ProtocolLog\\SmtpReceive and SmtpSend.',
    de: 'Es nennt Nachrichten oder andere Dienste, nicht wer eingelassen wurde. Es helfen die SMTP-Protokolle aus den Ordnern ProtocolLog\\SmtpReceive und SmtpSend.',
  },
  'instead-connectors-online': {
    en: 'Upload the connectors: Get-InboundConnector and Get-OutboundConnector, with Format-List or Export-Clixml.',
    de: 'Laden Sie die Connectors hoch: Get-InboundConnector und Get-OutboundConnector, mit Format-List oder Export-Clixml.',
  },
  'instead-connectors': {
    en: 'Upload the connectors: Get-ReceiveConnector and Get-SendConnector, with Format-List or Export-Clixml.',
    de: 'Laden Sie die Connectors hoch: Get-ReceiveConnector und Get-SendConnector, mit Format-List oder Export-Clixml.',
  },
  'instead-nothing': {
    en: 'Nothing has to be done: it is not needed.',
    de: 'Es ist nichts zu tun: Sie wird nicht benötigt.',
  },
  headers: { en: 'message headers', de: 'Nachrichtenkopfzeilen' },
  'command-text': { en: 'commands without their output', de: 'Befehle ohne ihre Ausgabe' },
  certificate: { en: 'a certificate file', de: 'eine Zertifikatdatei' },
  binary: { en: 'a binary file', de: 'eine Binärdatei' },
  'property-list': { en: 'a list of properties of something else', de: 'eine Eigenschaftenliste von etwas anderem' },
  text: { en: 'plain text', de: 'einfacher Text' },
  doctype: {
    en: 'it has a document type declaration, which no export has',
    de: 'es enthält eine Dokumenttypdeklaration, die kein Export hat',
  },
  'too-deep': { en: 'it is nested deeper than any export', de: 'es ist tiefer verschachtelt als jeder Export' },
  'too-long': { en: 'a value is longer than any export has', de: 'ein Wert ist länger als in jedem Export' },
  'unknown-command': { en: 'whose output this is', de: 'dessen Ausgabe dies ist' },
  'archive-7z': { en: '7z archives are not unpacked', de: '7z-Archive werden nicht entpackt' },
  'archive-rar': { en: 'RAR archives are not unpacked', de: 'RAR-Archive werden nicht entpackt' },
  'archive-bzip2': { en: 'bzip2 archives are not unpacked', de: 'bzip2-Archive werden nicht entpackt' },
  'archive-xz': { en: 'xz archives are not unpacked', de: 'xz-Archive werden nicht entpackt' },
  'archive-cab': { en: 'CAB archives are not unpacked', de: 'CAB-Archive werden nicht entpackt' },
  'archive-tar': { en: 'tar archives are not unpacked', de: 'tar-Archive werden nicht entpackt' },
  'archive-zstd': { en: 'zstd archives are not unpacked', de: 'zstd-Archive werden nicht entpackt' },
  'file-picture': { en: 'a picture', de: 'ein Bild' },
  'file-pdf': { en: 'a PDF document', de: 'ein PDF-Dokument' },
  'file-rtf': { en: 'an RTF document', de: 'ein RTF-Dokument' },
  'file-docx': { en: 'a Word document', de: 'ein Word-Dokument' },
  'file-xlsx': { en: 'an Excel workbook', de: 'eine Excel-Arbeitsmappe' },
  'file-office': {
    en: 'an Office document or a saved Outlook message',
    de: 'ein Office-Dokument oder eine gespeicherte Outlook-Nachricht',
  },
  'file-event-log': { en: 'a Windows event log', de: 'ein Windows-Ereignisprotokoll' },
  'file-pfx': { en: 'a PFX file', de: 'eine PFX-Datei' },
  'private-key': { en: 'a PEM file', de: 'eine PEM-Datei' },
  'advice-spreadsheet': {
    en: 'Save the sheet as a CSV file, or better: export with Export-Clixml, which keeps lists whole.',
    de: 'Speichern Sie das Blatt als CSV-Datei, oder besser: Exportieren Sie mit Export-Clixml, das Listen vollständig erhält.',
  },
  'advice-document': {
    en: 'Copy the text of the exports into the input field, or export with Export-Clixml and upload that file.',
    de: 'Kopieren Sie den Text der Exporte in das Eingabefeld, oder exportieren Sie mit Export-Clixml und laden Sie diese Datei hoch.',
  },
  'advice-certificate': {
    en: 'A certificate file does not tell which services use it. Upload the output of Get-ExchangeCertificate | Format-List.',
    de: 'Eine Zertifikatdatei sagt nicht, welche Dienste das Zertifikat verwenden. Laden Sie die Ausgabe von Get-ExchangeCertificate | Format-List hoch.',
  },
  'advice-export': {
    en: 'Upload the output of the cmdlets, made with Format-List or Export-Clixml.',
    de: 'Laden Sie die Ausgabe der Cmdlets hoch, erzeugt mit Format-List oder Export-Clixml.',
  },
  'manifest-too-large': { en: 'it is larger than any manifest', de: 'es ist größer als jedes Manifest' },
  'manifest-malformed': {
    en: 'it is not what the script of this version writes',
    de: 'es entspricht nicht dem, was das Skript dieser Version schreibt',
  },
  encrypted: { en: 'it is encrypted', de: 'der Inhalt ist verschlüsselt' },
  'nested-archive': { en: 'it is an archive inside the archive', de: 'es ist ein Archiv im Archiv' },
  'unsafe-path': { en: 'its name points outside the archive', de: 'der Name zeigt aus dem Archiv hinaus' },
  'too-many-members': {
    en: 'the archive has more files than allowed',
    de: 'das Archiv enthält mehr Dateien als erlaubt',
  },
  'ratio-exceeded': {
    en: 'it unpacks to far more than its packed size',
    de: 'entpackt ist der Inhalt um ein Vielfaches größer als gepackt',
  },
  'wrong-size': { en: 'its size is not what the archive says', de: 'die Größe entspricht nicht der Angabe im Archiv' },
  'wrong-checksum': { en: 'its checksum is wrong', de: 'die Prüfsumme ist falsch' },
  damaged: { en: 'the archive is damaged', de: 'das Archiv ist beschädigt' },
  'unknown-method': {
    en: 'it is packed with a method that is not supported',
    de: 'das Packverfahren wird nicht unterstützt',
  },
  'duplicate-name': { en: 'the archive has the name twice', de: 'der Name kommt im Archiv zweimal vor' },
}

/** Parameters that may be keys of `words`; the others hold text of an upload, which is shown as it stands. */
const spoken: ReadonlySet<string> = new Set(['looksLike', 'reason', 'kind', 'advice', 'instead', 'command', 'cmdlet'])

/** A value within a sentence: lists in one line, and nothing in a word. */
export const valueText = (value: string, lang: Language): string =>
  value.trim() === '' ? { en: '(empty)', de: '(leer)' }[lang] : value.replace(/\r?\n/g, ', ')

type Shown = Pick<Diagnostic, 'code' | 'line' | 'property' | 'object' | 'params'>

/** Values in braces; a part in brackets is left out when one of its values is empty. */
function fill(template: string, n: Shown, lang: Language): string {
  const value = (key: string): string => {
    if (key === 'property') return n.property ?? ''
    if (key === 'object') return n.object ?? ''
    if (key === 'line') return String(n.line ?? '')
    const given = n.params !== undefined && Object.hasOwn(n.params, key) ? n.params[key] : undefined
    if (typeof given === 'number') return new Intl.NumberFormat(lang).format(given)
    if (given !== undefined && spoken.has(key) && Object.hasOwn(words, given)) return words[given]?.[lang] ?? given
    if (n.code === 'contradiction' && (key === 'first' || key === 'second')) return valueText(given ?? '', lang)
    return given ?? ''
  }
  return template
    .replace(/\[([^[\]]*\{\w+\}[^[\]]*)\]/g, (_, part: string) =>
      [...part.matchAll(/\{(\w+)\}/g)].every(([, key]) => value(key ?? '') !== '') ? part : '',
    )
    .replace(/\{(\w+)\}/g, (_, key: string) => value(key))
}

/** Sentence and remedy of a notice in a language. Plain text: what stands in it comes from an upload and must be escaped. */
export function noticeText(notice: Shown | ReportNotice, lang: Language): Texts {
  const shown: Shown = {
    code: notice.code,
    ...(notice.line === undefined ? {} : { line: notice.line }),
    ...(notice.property === undefined ? {} : { property: notice.property }),
    ...(notice.object === undefined ? {} : { object: notice.object }),
    ...(notice.params === undefined ? {} : { params: notice.params }),
  }
  const { message, remedy } = texts[notice.code][lang]
  return { message: fill(message, shown, lang), remedy: fill(remedy, shown, lang) }
}

/** A diagnostic as the report carries it, with its English texts. */
export const toNotice = (d: Diagnostic): ReportNotice => ({
  code: d.code,
  level: d.level,
  ...(d.line === undefined ? {} : { line: d.line }),
  ...(d.property === undefined ? {} : { property: d.property }),
  ...(d.object === undefined ? {} : { object: d.object }),
  ...(d.params === undefined ? {} : { params: { ...d.params } }),
  ...noticeText(d, 'en'),
})
