package io.velvetastro.screens;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;

/** The page that holds every screen: push, the theme in the order it must load, and the icon in the tab. */
@Push
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("context://velvet/tokens.css")
@StyleSheet("context://velvet/parts.css")
@StyleSheet("context://velvet/places.css")
public class House implements AppShellConfigurator {

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.addLink("icon", "velvet/favicon.svg");
        settings.addMetaTag("color-scheme", "dark");
        settings.addMetaTag("theme-color", "#0b0b14");
        settings.addMetaTag("robots", "noindex");
        settings.setViewport("width=device-width, initial-scale=1, viewport-fit=cover");
    }
}
