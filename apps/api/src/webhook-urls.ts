/** The addresses that vendors post to, for a connection's keys. A key is a secret: never log what these answer. */
export const webhookUrls = (publicUrl: string) => ({
  lever: (key: string): string => `${publicUrl}/webhooks/lever/${key}`,
  turn: (key: string): string => `${publicUrl}/webhooks/turn/${key}`,
});
