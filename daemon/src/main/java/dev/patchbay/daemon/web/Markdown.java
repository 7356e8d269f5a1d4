package dev.patchbay.daemon.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.commonmark.renderer.html.UrlSanitizer;

/**
 * Text of a model as HTML: its own HTML is shown as text, a picture as a link to it, and a link leads to the web or to mail, or
 * nowhere. Safe for use by several threads.
 */
final class Markdown {

    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto");
    private static final int MOST_NESTED = 100;

    private final List<TablesExtension> tables = List.of((TablesExtension) TablesExtension.create());
    private final Parser parser =
            Parser.builder().extensions(tables).maxOpenBlockParsers(MOST_NESTED).build();
    private final HtmlRenderer renderer = HtmlRenderer.builder()
            .extensions(tables)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(new WebLinks())
            .attributeProviderFactory(context -> (node, tag, attributes) -> {
                if (tag.equals("a")) {
                    attributes.put("rel", "noopener noreferrer nofollow");
                }
            })
            .nodeRendererFactory(CodeAndPictures::new)
            .build();

    String html(String text) {
        return renderer.render(parser.parse(text));
    }

    private static final class WebLinks implements UrlSanitizer {

        @Override
        public String sanitizeLinkUrl(String url) {
            int colon = url.indexOf(':');
            return colon > 0 && SCHEMES.contains(url.substring(0, colon).toLowerCase(Locale.ROOT)) ? url : "";
        }

        @Override
        public String sanitizeImageUrl(String url) {
            return "";
        }
    }

    private static final class CodeAndPictures implements NodeRenderer {

        private final HtmlNodeRendererContext context;
        private final HtmlWriter html;

        private CodeAndPictures(HtmlNodeRendererContext context) {
            this.context = context;
            this.html = context.getWriter();
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(FencedCodeBlock.class, IndentedCodeBlock.class, Image.class);
        }

        @Override
        public void render(Node node) {
            if (node instanceof FencedCodeBlock code) {
                String language = String.valueOf(code.getInfo()).strip().split("\\s+", 2)[0];
                code(language.equals("null") ? "" : language, code.getLiteral());
            } else if (node instanceof IndentedCodeBlock code) {
                code("", code.getLiteral());
            } else if (node instanceof Image image) {
                picture(image);
            }
        }

        private void code(String language, String literal) {
            html.line();
            html.tag("div", Map.of("class", "code"));
            html.tag("div", Map.of("class", "code-bar"));
            html.tag("span");
            html.text(language);
            html.tag("/span");
            html.tag("button", Map.of("type", "button", "class", "copy", "hidden", ""));
            html.text("Copy");
            html.tag("/button");
            html.tag("/div");
            html.tag("pre", Map.of("tabindex", "0"));
            html.tag("code");
            html.text(literal);
            html.tag("/code");
            html.tag("/pre");
            html.tag("/div");
            html.line();
        }

        /** Nothing is fetched from elsewhere because a model says so. */
        private void picture(Image image) {
            String url = new WebLinks().sanitizeLinkUrl(image.getDestination());
            html.text("[picture: ");
            if (!url.isEmpty()) {
                html.tag("a", Map.of("href", context.encodeUrl(url), "rel", "noopener noreferrer nofollow"));
            }
            Node child = image.getFirstChild();
            if (child == null) {
                html.text(image.getDestination());
            }
            while (child != null) {
                context.render(child);
                child = child.getNext();
            }
            if (!url.isEmpty()) {
                html.tag("/a");
            }
            html.text("]");
        }
    }
}
