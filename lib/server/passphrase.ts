import 'server-only'
import { randomInt } from 'node:crypto'

// Words that are spelled alike in both languages and are understood on the telephone.
const words = `
album alpha angora apollo arena aroma atlas atom banjo basalt beta bingo bison bistro bonus butter cello chef clown
comic delta diesel domino echo emu enigma export extra farm festival film finger flora format forum frost gala gamma
garage gong gorilla hammer hobby horn hotel humor index indigo iris jade jaguar jazz joker judo karaoke ketchup kimono
kiosk kiwi koala laser lava limit lotus magma mango marathon matrix mentor metro mikado moment motor museum mustang
neon nickel nova november omega opal orange orbit oregano organ origami orion otter panda panorama papaya park patina
pilot pizza planet plasma podium polo pony poster propeller proton pudding puma quiz radar radio region rodeo safari
salami salto samba sand sauna sensor september sigma signal silo slalom soda sofa solo sonar tablet tandem tango tempo
tenor tiger toast tofu tornado trio tuba tundra tunnel turbo union vase video villa viola vitamin volt watt winter wolf
yoga zebra zone
`
  .trim()
  .split(/\s+/)

const wordCount = 4

/** A password to suggest, such as `otter-basalt-tango-kiwi-49`: more than 34 bits, for a form that is throttled. */
export function suggestPassphrase(): string {
  const chosen = Array.from({ length: wordCount }, () => words[randomInt(words.length)])
  return [...chosen, randomInt(10, 100)].join('-')
}

/** From how many words it chooses. */
export const passphraseWords: ReadonlySet<string> = new Set(words)
