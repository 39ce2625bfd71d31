import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isClientOld } from './client-build.ts'

describe('isClientOld', () => {
  let project: string

  /** A file that was changed at that second, its folders long before. */
  async function write(path: string, changedAt: number) {
    const file = join(project, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, '')
    await utimes(file, changedAt, changedAt)
    for (let folder = dirname(file); folder !== project; folder = dirname(folder)) await utimes(folder, 1, 1)
  }

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'docket-client-'))
    await write('client/ui/Face.tsx', 100)
    await write('shared/domain/words.ts', 100)
    await write('vite.config.ts', 100)
    await write('package-lock.json', 100)
  })
  afterEach(() => rm(project, { recursive: true }))

  it('asks for the first build', async () => {
    expect(await isClientOld(project)).toBe(true)
  })

  it('leaves a build alone that is newer than its sources', async () => {
    await write('dist/client/index.html', 200)
    expect(await isClientOld(project)).toBe(false)
  })

  it.each(['client/ui/Face.tsx', 'shared/domain/words.ts', 'vite.config.ts', 'package-lock.json'])(
    'asks for a build when %s has changed',
    async (source) => {
      await write('dist/client/index.html', 200)
      await write(source, 300)
      expect(await isClientOld(project)).toBe(true)
    },
  )

  it('asks for a build when a source was taken away', async () => {
    await write('dist/client/index.html', 200)
    await utimes(join(project, 'client', 'ui'), 300, 300)
    expect(await isClientOld(project)).toBe(true)
  })

  it('does not build for a test', async () => {
    await write('dist/client/index.html', 200)
    await write('client/ui/Face.test.tsx', 300)
    expect(await isClientOld(project)).toBe(false)
  })
})
