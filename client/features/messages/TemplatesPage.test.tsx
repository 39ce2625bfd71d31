import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { listTemplates, writeTemplate } from '#shared/contract/messages.ts'
import { listPolicies } from '#shared/contract/policies.ts'
import { listPeople } from '#shared/contract/team.ts'
import { buildPolicy, buildTemplate } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

function answering(role: 'reviewer' | 'supervisor', template = buildTemplate({ name: 'Removed' })) {
  return fakeApi()
    .as(role)
    .on(listPeople, () => ({ items: [] }))
    .on(listPolicies, () => ({ items: [buildPolicy()] }))
    .on(listTemplates, () => ({ items: [template] }))
}

describe('templates of messages', () => {
  it('read as they will, what a person still writes left in braces', async () => {
    answering('reviewer')
    renderApp('/templates')
    expect(await screen.findByText(/^Hello aigerim_k: your post is removed\. \{\{reason\}\}$/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Change' })).toBeNull()
  })

  it('are changed as a new version, and not with a placeholder that nobody knows', async () => {
    const template = buildTemplate({ name: 'Removed' })
    const api = answering('supervisor', template).on(writeTemplate, () => ({ ...template, version: 2 }))
    const { user } = renderApp('/templates')
    await user.click(await screen.findByRole('button', { name: 'Change' }))
    const words = screen.getByRole('textbox', { name: 'Words in English' })
    await user.clear(words)
    await user.type(words, 'Dear {{{{weather}}.')
    await user.click(screen.getByRole('button', { name: 'Save as version 2' }))
    expect(screen.getAllByText('Nothing is known of {{weather}}.')[0]).toBeVisible()
    expect(api.sent(writeTemplate)).toEqual([])
    await user.clear(words)
    await user.type(words, 'Dear {{{{account}}.')
    expect(screen.getByText('Dear aigerim_k.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Save as version 2' }))
    expect(api.sent(writeTemplate)).toEqual([
      expect.objectContaining({ supersedes: { id: template.id, version: 1 }, texts: { en: 'Dear {{account}}.' } }),
    ])
  })
})
