// The chat a business puts on its page: <script type="module" src="https://…/widget/v1.js" data-key="wk_…"></script>
import { Api } from './api'
import { Chat } from './chat'
import { View } from './view'

const say = (why: string) => console.error(`[throughline chat] ${why}`)

function start(): void {
  const here = new URL(import.meta.url)
  const tag = [...document.scripts].find((script) => script.src === here.href)
  const key = tag?.dataset.key
  if (!key) {
    say('the script tag has no data-key: copy it anew from the console, Settings, Chat on your site.')
    return
  }
  if (document.querySelector('throughline-chat')) {
    say('the script tag stands on this page twice; the first one is taken.')
    return
  }
  const { name, scheme } = tag.dataset
  const api = new Api(here.origin, key)
  new View(name, scheme === 'light' || scheme === 'dark' ? scheme : undefined, (changed) => new Chat(api, changed, say)).mount()
}

if (document.body) start()
else document.addEventListener('DOMContentLoaded', start, { once: true })
