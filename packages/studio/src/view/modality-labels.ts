/** Words for modalities whose names in specs are not the words that the page uses. */
const LABELS: Readonly<Record<string, string>> = { wrench: 'force' };

/** Word that the page displays for a modality. */
export const modalityLabel = (modality: string): string => LABELS[modality] ?? modality;

/** {@link modalityLabel} with a capital letter. */
export const modalityTitle = (modality: string): string => {
  const label = modalityLabel(modality);
  return label.charAt(0).toUpperCase() + label.slice(1);
};
