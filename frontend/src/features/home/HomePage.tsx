import { useMay } from '@/routing/useMe'
import { LabelerHome } from './LabelerHome'
import { ManagerHome } from './ManagerHome'

/** Two front doors: work to be done, or projects to be run. */
export function HomePage() {
  return useMay('manage_projects') ? <ManagerHome /> : <LabelerHome />
}
