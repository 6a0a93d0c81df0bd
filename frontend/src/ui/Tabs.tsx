import './tabs.css'
import type { ReactNode } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components'

interface TabsProps {
  label: string
  tabs: readonly { id: string; name: string; panel: ReactNode }[]
  /** Told which is shown, for what stands beside the tabs and belongs to one of them. */
  onChange?: (id: string) => void
}

/** Views of one thing inside a page. Pages themselves are links. */
export function Tabs({ label, tabs, onChange }: TabsProps) {
  return (
    <AriaTabs className="tabs" onSelectionChange={(id) => onChange?.(String(id))}>
      <TabList className="tabs__list" aria-label={label}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className="tabs__tab">
            {tab.name}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="tabs__panel">
          {tab.panel}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
