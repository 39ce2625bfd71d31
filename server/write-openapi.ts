import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openApiDocument } from './http/openapi.ts'

// `npm run docs:api`

const file = join(import.meta.dirname, '..', 'docs', 'openapi.json')
await writeFile(file, `${JSON.stringify(openApiDocument(), null, 2)}\n`)
