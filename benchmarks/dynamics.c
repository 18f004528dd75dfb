/* The mechanism, integrated by the classical Runge-Kutta method: a peer for the compiled engine.

   Draws are laid out side by side: element (row, draw) stands at row * draws + draw. The draws are
   taken in groups, and the innermost loops run over a group, so that the compiler can vectorise. */

#include <stddef.h>

enum { FACTORS = 6, BASICS = 4, HEIGHT = 10, GROUP = 32 };

typedef struct {
    double weights[FACTORS][FACTORS][GROUP], baseline[FACTORS][GROUP], decay[FACTORS][GROUP];
    double saturation[GROUP], ease[GROUP], lag[GROUP], own[GROUP], strength[GROUP];
} Group;

static void rates(const Group *g, double state[HEIGHT][GROUP], double slope[HEIGHT][GROUP]) {
    double effect[FACTORS][GROUP], relative[BASICS][GROUP], pull[GROUP], total[GROUP];
    for (int i = 0; i < FACTORS; i++)
        for (int k = 0; k < GROUP; k++) {
            double cube = state[i][k] * state[i][k] * state[i][k];
            effect[i][k] = cube / (cube + g->saturation[k]);
        }
    for (int i = 0; i < FACTORS; i++) {
        for (int k = 0; k < GROUP; k++) pull[k] = 0;
        for (int j = 0; j < FACTORS; j++) {
            if (i == j || i + j == 9) continue; /* no own effect; none between policy and enterprises */
            for (int k = 0; k < GROUP; k++) pull[k] += g->weights[i][j][k] * effect[j][k];
        }
        for (int k = 0; k < GROUP; k++)
            slope[i][k] = (g->strength[k] * pull[k] + g->baseline[i][k]) * (1 - state[i][k]) - g->decay[i][k] * state[i][k];
    }
    for (int k = 0; k < GROUP; k++) total[k] = 0;
    for (int i = 0; i < BASICS; i++)
        for (int k = 0; k < GROUP; k++) total[k] += relative[i][k] = effect[i][k] * g->ease[k];
    for (int i = 0; i < BASICS; i++)
        for (int k = 0; k < GROUP; k++) {
            double help = (total[k] - relative[i][k]) * (1.0 / 3.0);
            double goal = state[i][k] * (g->own[k] + (1 - g->own[k]) * help);
            slope[FACTORS + i][k] = (goal * g->strength[k] - state[FACTORS + i][k]) * g->lag[k];
        }
}

static void step(const Group *g, double state[HEIGHT][GROUP], double width) {
    double slope[HEIGHT][GROUP], total[HEIGHT][GROUP], point[HEIGHT][GROUP];
    static const double reach[3] = {0.5, 0.5, 1.0}, share[3] = {2.0, 2.0, 1.0};
    rates(g, state, total);
    for (int i = 0; i < HEIGHT; i++)
        for (int k = 0; k < GROUP; k++) slope[i][k] = total[i][k];
    for (int stage = 0; stage < 3; stage++) {
        for (int i = 0; i < HEIGHT; i++)
            for (int k = 0; k < GROUP; k++) point[i][k] = state[i][k] + reach[stage] * width * slope[i][k];
        rates(g, point, slope);
        for (int i = 0; i < HEIGHT; i++)
            for (int k = 0; k < GROUP; k++) total[i][k] += share[stage] * slope[i][k];
    }
    for (int i = 0; i < HEIGHT; i++)
        for (int k = 0; k < GROUP; k++) state[i][k] += width / 6 * total[i][k];
}

/* Integrate `draws` draws (a multiple of GROUP) in place. `numbers` holds saturation, ease, lag, own, strength. */
void integrate(size_t draws, const double *weights, const double *baseline, const double *decay, const double *numbers,
               double *states, double width, int steps) {
    for (size_t first = 0; first < draws; first += GROUP) {
        Group g;
        double state[HEIGHT][GROUP];
        for (int k = 0; k < GROUP; k++) {
            size_t at = first + k;
            for (int i = 0; i < FACTORS; i++) {
                for (int j = 0; j < FACTORS; j++) g.weights[i][j][k] = weights[(i * FACTORS + j) * draws + at];
                g.baseline[i][k] = baseline[i * draws + at];
                g.decay[i][k] = decay[i * draws + at];
            }
            g.saturation[k] = numbers[at], g.ease[k] = numbers[draws + at], g.lag[k] = numbers[2 * draws + at];
            g.own[k] = numbers[3 * draws + at], g.strength[k] = numbers[4 * draws + at];
            for (int i = 0; i < HEIGHT; i++) state[i][k] = states[i * draws + at];
        }
        for (int n = 0; n < steps; n++) step(&g, state, width);
        for (int i = 0; i < HEIGHT; i++)
            for (int k = 0; k < GROUP; k++) states[i * draws + first + k] = state[i][k];
    }
}
