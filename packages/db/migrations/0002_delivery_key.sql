DROP INDEX "delivery_repeat_unique";--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "variant" text DEFAULT '' NOT NULL;--> statement-breakpoint
-- A key that came with several contents: all but the first are named by their content.
UPDATE "delivery" SET "variant" = "content_digest" WHERE EXISTS (
	SELECT 1 FROM "delivery" "earlier"
	WHERE "earlier"."connection_id" = "delivery"."connection_id" AND "earlier"."key" = "delivery"."key" AND "earlier"."id" < "delivery"."id"
);--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_key_unique" ON "delivery" USING btree ("connection_id","key","variant");
