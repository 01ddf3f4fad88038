import { type Config, type ConfigObject, known } from '../model'
import { textOf } from './property-of'

/** The forest in whose configuration the object is kept, by its distinguished name; undefined where that was not exported. */
export function forestOf(o: ConfigObject): string | undefined {
  const dn = known(textOf(o, 'DistinguishedName'))
  const found = dn === undefined ? undefined : /,CN=Configuration,(DC=.+)$/i.exec(dn)?.[1]
  return found?.replace(/\s*,\s*/g, ',').toLowerCase()
}

/** Forests that the connectors and the hybrid configuration come from. One at most where nothing tells them apart. */
export function forestsOf(config: Config): readonly string[] {
  const objects = [...config.sendConnectors, ...config.receiveConnectors, ...config.hybridConfigurations]
  return [...new Set(objects.filter((o) => o.side !== 'exchange-online').flatMap((o) => forestOf(o) ?? []))].sort()
}
