import type { TestProject } from 'vitest/node'
import { startDemo } from '#test/support/demo.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the demo answers. */
    demoUrl: string
  }
}

/** One demo for the whole run. */
export default async function setup(project: TestProject) {
  const { url, stop } = await startDemo()
  project.provide('demoUrl', url)
  return stop
}
