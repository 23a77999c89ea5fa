// Everything here improves a page that already works. Only the components that our pages use are started.
import {
  createAll, Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, PasswordInput, Radios, SkipLink
} from './govuk-frontend.js'

document.body.classList.add('govuk-frontend-supported')

for (const Component of [ExitThisPage, SkipLink]) createAll(Component)
enhance(document)

// What a page gains by JavaScript, or a part of it that came later.
export function enhance (part) {
  for (const Component of [Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, Radios]) {
    createAll(Component, undefined, part)
  }
  for (const tools of part.querySelectorAll('[data-enhanced]')) tools.hidden = false
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('button')
  if (!button) return
  if ('print' in button.dataset) window.print()
  if ('copyCode' in button.dataset) await copyCode(button)
})

async function copyCode (button) {
  const code = document.querySelector('[data-code]')
  try {
    await navigator.clipboard.writeText(code.dataset.code)
  } catch {
    window.getSelection().selectAllChildren(code)
    return
  }
  button.textContent = button.dataset.done
  const said = button.parentElement.querySelector('[data-said]')
  if (said) said.textContent = button.dataset.done
}
