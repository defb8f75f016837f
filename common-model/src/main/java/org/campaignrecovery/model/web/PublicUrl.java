package org.campaignrecovery.model.web;

/** Where the world reaches the api, as it was configured: with or without a path, a slash at the end or white space around it. */
public final class PublicUrl {
    private PublicUrl() {
    }

    /** @param path begins with a slash */
    public static String with(String publicUrl, String path) {
        return publicUrl.strip().replaceAll("/+$", "") + path;
    }
}
