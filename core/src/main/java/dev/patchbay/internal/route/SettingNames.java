package dev.patchbay.internal.route;

/** What the user's own document calls the settings of a launch. */
final class SettingNames {

    static final String MODEL = "model";
    static final String BASE_URL = "proxyBaseUrl";
    static final String API_KEY = "proxyApiKey";
    static final String MODEL_OVERRIDE = "proxyModelOverride";

    private SettingNames() {}
}
