// npm run build: what npm start does before it serves.
import { build, generate } from './lib.mjs'

generate()
build()
